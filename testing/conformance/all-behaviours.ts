import type { Behaviour } from './behaviours/behaviour.ts';
import { budgetBehaviours } from './behaviours/budget.ts';
import { conditionBehaviours } from './behaviours/conditions.ts';
import { hostileValueBehaviours } from './behaviours/hostile-values.ts';
import { limitBehaviours } from './behaviours/limits.ts';
import { logBehaviours } from './behaviours/logs.ts';
import { placementBehaviours } from './behaviours/placement.ts';
import { redactionBehaviours } from './behaviours/redaction.ts';
import { refusalBehaviours } from './behaviours/refusals.ts';
import { snapshotBehaviours } from './behaviours/snapshots.ts';

/** Everything that an agent of any language does. */
export const allBehaviours: readonly Behaviour[] = [
  ...snapshotBehaviours,
  ...logBehaviours,
  ...conditionBehaviours,
  ...placementBehaviours,
  ...limitBehaviours,
  ...refusalBehaviours,
  ...redactionBehaviours,
  ...hostileValueBehaviours,
  ...budgetBehaviours,
];

/** What is checked in every version and file format of a language. */
export const coreBehaviours = allBehaviours.filter(({ core }) => core);
