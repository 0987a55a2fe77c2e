import type { CapturedField, CaptureLimits, Problem, StackFrame, WatchResult } from '@sonde/protocol/agent';
import type { Capture, CaptureSession } from '../capture/capture-value.ts';
import type { Evaluation } from '../expressions/evaluator.ts';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import type { SourcePosition } from '../source/original-position.ts';
import { unreadable } from './breakpoints.ts';
import type { EventOutlet } from './event-outlet.ts';
import type { Hit } from './hit.ts';
import type { PlacedProbe } from './placed-probe.ts';
import type { SiteExpressions } from './site-expressions.ts';
import type { VisibleNames } from './visible-names.ts';

export interface SnapshotHitDeps {
  readonly placed: PlacedProbe;
  readonly outlet: EventOutlet;
  readonly names: VisibleNames;
  readonly watches: readonly PreparedExpression[];
  readonly expressions: SiteExpressions;
  readonly capture: Capture;
  readonly limits: CaptureLimits;
  /** The calls that led to the line, in the author's source, innermost first. */
  readonly captureStack: () => readonly StackFrame[];
  /** How many of them are not the application's. */
  readonly ownFrames: number;
  /** The probed statement, in the author's source. */
  readonly place: SourcePosition;
  readonly onProblem: (problem: Problem) => void;
}

/** Sends a snapshot: watches, locals, stack. Watches are read first, so that what was asked for has the most room. */
export class SnapshotHit implements Hit {
  readonly #deps: SnapshotHitDeps;

  constructor(deps: SnapshotHitDeps) {
    this.#deps = deps;
  }

  emit(values: readonly unknown[], atMs: number): boolean {
    const { placed, outlet, capture, limits } = this.#deps;
    const { probe } = placed;
    // Evaluated first: the time that calls of the application take must not be taken from the capture.
    const results = this.#deps.expressions.evaluate(values);
    const session = capture.begin(limits);
    const watches = this.#watches(results, session);
    return outlet.emit({
      kind: 'snapshot',
      probeId: probe.id,
      probeVersion: probe.version,
      sequence: outlet.nextSequence(),
      timeNs: outlet.toTimeNs(atMs),
      thread: outlet.thread,
      ...outlet.activeSpan(),
      stack: this.#stack(),
      locals: this.#locals(values, session),
      watches,
    });
  }

  /** A guard stands at the end of the line above; its call is shown where the statement is that it stands for. */
  #stack(): readonly StackFrame[] {
    const { captureStack, ownFrames, place } = this.#deps;
    const [innermost, ...callers] = captureStack().slice(ownFrames);
    return innermost ? [{ ...innermost, ...place }, ...callers] : [];
  }

  #watches(results: readonly Evaluation[], session: CaptureSession): WatchResult[] {
    const { watches, onProblem } = this.#deps;
    return results.map((outcome, index): WatchResult => {
      const expression = watches[index]?.text ?? '';
      if (outcome.kind === 'value') return { expression, value: session.captureValue(outcome.value) };
      onProblem(outcome.problem);
      return { expression, problem: outcome.problem };
    });
  }

  #locals(values: readonly unknown[], session: CaptureSession): readonly CapturedField[] {
    const { names } = this.#deps;
    const present: string[] = [];
    const read: unknown[] = [];
    const absent: CapturedField[] = [];
    for (const name of names.locals()) {
      const value = readLocal(names, name, values);
      if (value === unreadable) absent.push({ name, value: { type: 'undefined', missing: 'unavailable' } });
      else {
        present.push(name);
        read.push(value);
      }
    }
    return [...session.captureLocals(present, read), ...absent];
  }
}

function readLocal(names: VisibleNames, name: string, values: readonly unknown[]): unknown {
  try {
    return names.read(name, values);
  } catch {
    // In its dead zone: the variable exists and has no value yet.
    return unreadable;
  }
}
