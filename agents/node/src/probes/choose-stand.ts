import type { ProbeDraft } from '@sonde/protocol/agent';
import type { Redaction } from '../redaction/redaction.ts';
import { unknownNames } from './prepare-expressions.ts';
import type { BreakpointStand, GuardStand, ProbeTarget } from './probe-target.ts';
import { type SiteValue, VisibleNames } from './visible-names.ts';

/**
 * The target as this probe needs it. A guard cannot hand over every name of its line; where an expression speaks of one
 * that it cannot, V8 stops there instead, which sees them all.
 */
export function chooseStand(target: ProbeTarget, draft: ProbeDraft, redaction: Redaction): ProbeTarget {
  const names = visibleNames(target);
  const needed = unknownNames(draft, names.all(), redaction);
  if (target.stand.kind === 'breakpoint') return needed.length === 0 ? target : withNames(target, target.stand, needed);
  const hidden = needed.filter(target.isOutOfReach);
  if (hidden.length === 0) return target;
  const standing = withNames(target, breakpointOf(target.stand), [...names.all(), ...hidden]);
  return {
    ...standing,
    note: `${hidden.join(' and ')} cannot be read by a guard here, so V8 stops there for 50 to 200 µs a hit`,
  };
}

export function visibleNames(target: ProbeTarget): VisibleNames {
  return new VisibleNames(target.values, target.isOutOfReach);
}

function breakpointOf(stand: GuardStand): BreakpointStand {
  return stand.breakpoint;
}

function withNames(target: ProbeTarget, stand: BreakpointStand, names: readonly string[]): ProbeTarget {
  const present = target.stand.kind === 'breakpoint' ? target.values : [];
  const added = names.map(
    (name): SiteValue => (name === 'this' ? { kind: 'this' } : { kind: 'value', name, from: 'local' }),
  );
  return {
    ...target,
    binding: { ...target.binding, mechanism: 'breakpoint' },
    stand,
    values: [...present, ...added],
    isOutOfReach: () => false,
  };
}
