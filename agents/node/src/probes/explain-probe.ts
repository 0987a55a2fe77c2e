import type { Explanation, Location, ProbeDraft, Problem } from '@sonde/protocol/agent';
import { childrenOf, type Tree } from '../expressions/tree.ts';
import { visibleNames } from './choose-stand.ts';
import { installFault } from './placed-probe.ts';
import type { PreparedExpressions } from './prepare-expressions.ts';
import type { ProbeBuilder } from './probe-builder.ts';
import type { ProbeTarget, Targeting } from './probe-target.ts';

export interface ExplainDeps {
  readonly find: (location: Location) => Targeting;
  readonly builder: ProbeBuilder;
  readonly loadedFiles: () => number;
}

/**
 * Nanoseconds, as measured: `read` asks first whether a getter would run, `sandbox` is a line with two calls in the example
 * shop (docs/adr/0005), which small programs stay far below.
 */
const reckoned = { guard: 2, breakpoint: 80_000, read: 45, sandbox: 400_000, log: 150, snapshot: 100_000 } as const;

/** Of the wire. */
const maxNames = 10_000;

/** Says what would become of a probe: where it would stand, by which means, at what cost, or why it cannot. */
export function explainProbe(deps: ExplainDeps, location: Location, draft: ProbeDraft | undefined): Explanation {
  try {
    return explain(deps, location, draft);
  } catch (error) {
    // A person waits for the answer.
    return { ...nothing('refused', [installFault(error)]), loadedFiles: deps.loadedFiles() };
  }
}

function explain(deps: ExplainDeps, location: Location, draft: ProbeDraft | undefined): Explanation {
  const targeting = deps.find(location);
  const loadedFiles = deps.loadedFiles();
  if (targeting.kind === 'refused') return { ...nothing('refused', [targeting.problem]), loadedFiles };
  if (targeting.kind === 'pending') {
    return {
      ...nothing('pending', []),
      loadedFiles,
      note: `${targeting.file} is not loaded yet; the probe waits until it is`,
    };
  }
  const results = targeting.targets.map((target) => deps.builder.prepareTarget(draft ?? bare(location), target));
  const refused = results.find((result) => result.kind === 'refused');
  const ready = results.filter((result) => result.kind === 'ok');
  const [first] = ready;
  if (refused || !first) {
    const names = targeting.targets[0] ? visibleNames(targeting.targets[0]).all().slice(0, maxNames) : [];
    return { ...nothing('refused', refused?.problems ?? []), names, loadedFiles };
  }
  const { target, prepared } = first;
  return {
    outcome: 'bound',
    bindings: ready.slice(0, 100).map((one) => one.target.binding),
    gear: prepared.gear,
    ...costs(target, prepared, draft?.kind ?? 'snapshot'),
    names: visibleNames(target).all().slice(0, maxNames),
    problems: [],
    ...(target.note && { note: target.note }),
    loadedFiles,
  };
}

/** Without a draft, the place is explained as for a snapshot of everything there. */
function bare(location: Location): ProbeDraft {
  return { kind: 'snapshot', location, watches: [] };
}

function nothing(outcome: 'pending' | 'refused', problems: readonly Problem[]): Explanation {
  return { outcome, bindings: [], gear: 'none', names: [], problems };
}

function costs(target: ProbeTarget, prepared: PreparedExpressions, kind: ProbeDraft['kind']) {
  const reach = reckoned[target.stand.kind];
  const { condition } = prepared;
  const judging = condition?.gear === 'sandboxed' ? reckoned.sandbox : reads(condition?.tree) * reckoned.read;
  const called = [...prepared.watches, ...prepared.template].some(
    (part) => part.kind === 'ok' && part.gear === 'sandboxed',
  );
  return { costNs: reach + judging, hitCostNs: reach + judging + reckoned[kind] + (called ? reckoned.sandbox : 0) };
}

function reads(tree: Tree | undefined): number {
  if (tree === undefined) return 0;
  return childrenOf(tree).reduce((sum, child) => sum + reads(child), tree.kind === 'member' ? 1 : 0);
}
