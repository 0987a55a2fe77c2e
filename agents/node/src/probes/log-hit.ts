import type { LogLevel, Problem } from '@sonde/protocol/agent';
import type { LogHead } from '../delivery/log-columns.ts';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import type { EventOutlet } from './event-outlet.ts';
import type { Hit } from './hit.ts';
import type { PlacedProbe } from './placed-probe.ts';
import type { SiteExpressions } from './site-expressions.ts';

/** A template once it is parsed: texts and prepared expressions in their order. */
export type PreparedTemplate = readonly ({ readonly kind: 'text'; readonly text: string } | PreparedExpression)[];

export interface LogHitDeps {
  readonly placed: PlacedProbe;
  readonly outlet: EventOutlet;
  readonly level: LogLevel;
  readonly template: PreparedTemplate;
  readonly expressions: SiteExpressions;
  /** A value as one line of text, redacted and bounded. */
  readonly format: (value: unknown) => string;
  readonly onProblem: (problem: Problem) => void;
}

/** Longer than any line a person reads; the wire's own bound is higher. */
const maxMessage = 20_000;

/** Sends a line of a dynamic log. */
export class LogHit implements Hit {
  readonly #deps: LogHitDeps;
  readonly #head: LogHead;

  constructor(deps: LogHitDeps) {
    this.#deps = deps;
    const { id, version } = deps.placed.probe;
    this.#head = { probeId: id, probeVersion: version, level: deps.level, thread: deps.outlet.thread };
  }

  emit(values: readonly unknown[], atMs: number): boolean {
    return this.emitMessage(this.message(values), atMs);
  }

  /** The line's text. Where an expression gives no value, the reason stands in brackets in its place. */
  message(values: readonly unknown[]): string {
    const { template, expressions, format, onProblem } = this.#deps;
    const outcomes = expressions.evaluate(values);
    let text = '';
    let next = 0;
    for (const part of template) {
      if (part.kind === 'text') {
        text += part.text;
        continue;
      }
      const outcome = outcomes[next++];
      if (outcome?.kind === 'value') text += format(outcome.value);
      else if (outcome) {
        text += `[${outcome.problem.message}]`;
        onProblem(outcome.problem);
      }
    }
    return text;
  }

  emitMessage(message: string, atMs: number): boolean {
    const { outlet } = this.#deps;
    const span = outlet.activeSpan();
    return outlet.emitLog({
      head: this.#head,
      sequence: outlet.nextSequence(),
      atMs,
      message: message.length > maxMessage ? message.slice(0, maxMessage) : message,
      traceId: span?.traceId,
      spanId: span?.spanId,
    });
  }
}
