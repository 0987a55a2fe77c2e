import type { CaptureLimits, ProbeDraft, Problem } from '@sonde/protocol/agent';
import type { Capture } from '../capture/capture-value.ts';
import { createLogFormat } from '../capture/log-format.ts';
import type { Sandbox } from '../expressions/sandbox.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { Admission } from './admission.ts';
import { type BreakpointOutcome, type Breakpoints, breakpointSite } from './breakpoints.ts';
import { chooseStand, visibleNames } from './choose-stand.ts';
import { clampCapture } from './clamp-capture.ts';
import type { SiteProgram } from './dispatcher.ts';
import type { Dispatchers } from './dispatchers.ts';
import type { EventOutlet } from './event-outlet.ts';
import { HitPath } from './hit-path.ts';
import { LogHit } from './log-hit.ts';
import type { PlacedProbe } from './placed-probe.ts';
import { type PreparedExpressions, prepareExpressions } from './prepare-expressions.ts';
import { probeProgram } from './probe-program.ts';
import type { Preparation } from './probe-registry.ts';
import type { ProbeTarget } from './probe-target.ts';
import { SiteExpressions } from './site-expressions.ts';
import { SnapshotHit } from './snapshot-hit.ts';
import type { StackReader } from './stack-reader.ts';
import type { Stopwatch } from './stopwatch.ts';
import { warmUp } from './warm-up.ts';

export interface ProbeBuilderDeps {
  readonly redaction: Redaction;
  readonly capture: Capture;
  /** The most that a probe may capture. */
  readonly mostCapture: CaptureLimits;
  readonly sandbox: Sandbox;
  readonly readStack: StackReader;
  readonly outlet: EventOutlet;
  readonly stopwatch: Stopwatch;
  readonly dispatchers: Dispatchers;
  readonly breakpoints: Breakpoints;
  readonly onSpent: () => void;
  readonly onFault: (error: unknown, placed: PlacedProbe) => void;
}

/** V8 evaluates a breakpoint's condition in a call of its own, above the function's. */
const conditionFrames = 1;

interface PreparedTarget {
  readonly target: ProbeTarget;
  readonly prepared: PreparedExpressions;
}

/** Turns a probe and the places it leads to into programs that stand there. */
export class ProbeBuilder {
  readonly #deps: ProbeBuilderDeps;
  #isWarm = false;

  constructor(deps: ProbeBuilderDeps) {
    this.#deps = deps;
  }

  prepare(placed: PlacedProbe, targets: readonly ProbeTarget[]): Preparation {
    const { probe } = placed;
    const results = targets.map((target) => this.prepareTarget(probe, target));
    const refused = results.find((result) => result.kind === 'refused');
    if (refused) return refused;
    const ready = results.filter((result) => result.kind === 'ok');
    const { stopwatch, sandbox } = this.#deps;
    // The first evaluation opens an inspector session, which takes milliseconds: better now than at the first hit.
    if (ready.some(({ prepared }) => prepared.gear === 'sandboxed')) sandbox.evaluate(() => undefined, []);
    if (probe.kind === 'snapshot' && !this.#isWarm) {
      this.#isWarm = true;
      warmUp(this.#deps.capture, this.#deps.readStack);
    }
    // One for all places: the limits are the probe's.
    const admission = placed.admission(stopwatch.now);
    const programs = ready.map((one) => ({ ...one, program: this.#program(placed, one, admission) }));
    const stand = () =>
      allOrNone(
        programs.map(
          ({ target, program }) =>
            () =>
              this.#stand(placed, target, program),
        ),
      );
    return { kind: 'ready', targets: ready.map(({ target }) => target), stand };
  }

  /** The expressions of a draft, checked against what can be read at one place. */
  prepareTarget(
    draft: ProbeDraft,
    original: ProbeTarget,
  ): ({ readonly kind: 'ok' } & PreparedTarget) | { readonly kind: 'refused'; readonly problems: readonly Problem[] } {
    const { redaction } = this.#deps;
    const target = chooseStand(original, draft, redaction);
    const result = prepareExpressions(draft, visibleNames(target).all(), redaction);
    return result.kind === 'ok' ? { kind: 'ok', target, prepared: result.prepared } : result;
  }

  #program(placed: PlacedProbe, { target, prepared }: PreparedTarget, admission: Admission): SiteProgram {
    const { stopwatch, onSpent, onFault, capture, outlet, readStack } = this.#deps;
    const { condition, watches, template } = prepared;
    const names = visibleNames(target);
    const evaluation = (expressions: typeof watches) => new SiteExpressions(this.#deps, names, expressions);
    const onProblem = (problem: Problem) => placed.note(problem);
    const limits = clampCapture(placed.probe.limits.capture, this.#deps.mostCapture);
    const format = createLogFormat(capture, limits);
    const common = { placed, outlet, onProblem };
    const log =
      placed.probe.kind === 'log'
        ? new LogHit({
            ...common,
            level: placed.probe.level,
            template,
            format,
            expressions: evaluation(template.filter((part) => part.kind === 'ok')),
          })
        : undefined;
    const hit =
      log ??
      new SnapshotHit({
        ...common,
        names,
        watches,
        expressions: evaluation(watches),
        capture,
        limits,
        captureStack: readStack,
        ownFrames: target.stand.kind === 'breakpoint' ? conditionFrames : 0,
        place: { file: target.binding.file, line: target.binding.line, column: target.binding.column },
      });
    const path = new HitPath({
      meter: placed.meter,
      admission,
      hit,
      stopwatch,
      condition: condition && { expression: condition, evaluation: evaluation([condition]) },
      onProblem,
      onFault: (error) => onFault(error, placed),
      onSpent,
    });
    return probeProgram({
      site: target.stand.kind === 'guard' ? target.stand.site : breakpointSite,
      names,
      condition,
      isInline: target.stand.kind === 'guard',
      meter: placed.meter,
      admission,
      path,
      line: log && { hit: log, template, format },
      stopwatch,
    });
  }

  #stand(placed: PlacedProbe, { stand, values }: ProbeTarget, program: SiteProgram): () => void {
    const { dispatchers, breakpoints } = this.#deps;
    if (stand.kind === 'guard') {
      const remove = dispatchers.install(stand.cell, values.length, program);
      if (remove) return remove;
      placed.fail({
        code: 'location.unreachable',
        message: 'the application has locked its global object, so no guard can be woken',
      });
      return () => {};
    }
    const names = values.flatMap((value) =>
      value.kind === 'value' ? [value.name] : value.kind === 'this' ? ['this'] : [],
    );
    const stands = placed.await();
    return breakpoints.install(stand, names, program, (outcome) => {
      if (outcome.kind === 'stands') stands();
      else placed.fail(breakpointProblem(outcome));
    });
  }
}

/** A place that was taken before another one failed would never be given up: nobody would hold what does that. */
function allOrNone(installs: readonly (() => () => void)[]): (() => void)[] {
  const removers: (() => void)[] = [];
  try {
    for (const install of installs) removers.push(install());
    return removers;
  } catch (error) {
    for (const remove of removers) remove();
    throw error;
  }
}

function breakpointProblem(outcome: Exclude<BreakpointOutcome, { kind: 'stands' }>): Problem {
  if (outcome.kind === 'failed') return { code: 'location.unreachable', message: `no breakpoint: ${outcome.message}` };
  const message = `V8 cannot stop on this line; the next where it can is ${outcome.line} of the code that runs`;
  return { code: 'location.no-code', message, nearestLines: [outcome.line] };
}
