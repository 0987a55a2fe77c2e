import type { Problem } from '@sonde/protocol/agent';
import { createEvaluator, type Evaluation, type Evaluator } from '../expressions/evaluator.ts';
import { Interruption } from '../expressions/interruption.ts';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import type { Sandbox } from '../expressions/sandbox.ts';
import { thrownText } from '../expressions/thrown-text.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { unreadable } from './breakpoints.ts';
import type { VisibleNames } from './visible-names.ts';

export interface SiteExpressionsDeps {
  readonly sandbox: Sandbox;
  readonly redaction: Redaction;
}

/** Several expressions of one probe at one site, evaluated from the values that the guard passed. */
export class SiteExpressions {
  readonly #visible: VisibleNames;
  readonly #expressions: readonly PreparedExpression[];
  readonly #names: readonly string[];
  readonly #evaluator: Evaluator;

  constructor(deps: SiteExpressionsDeps, visible: VisibleNames, expressions: readonly PreparedExpression[]) {
    this.#visible = visible;
    this.#expressions = expressions;
    this.#names = [...new Set(expressions.flatMap(({ names }) => names))];
    this.#evaluator = createEvaluator({ ...deps, expressions, names: this.#names });
  }

  /** One result for each expression, in order. Never throws. */
  evaluate(values: readonly unknown[]): readonly Evaluation[] {
    if (this.#expressions.length === 0) return [];
    const dead = new Set<string>();
    const read = this.#names.map((name) => this.#read(name, values, dead));
    const results = this.#evaluator.evaluate(read);
    if (dead.size === 0) return results;
    return this.#expressions.map((expression, index) => {
      const name = expression.names.find((needed) => dead.has(needed));
      return name === undefined
        ? (results[index] as Evaluation)
        : { kind: 'problem', problem: deadZone(expression, name) };
    });
  }

  #read(name: string, values: readonly unknown[], dead: Set<string>): unknown {
    try {
      const value = this.#visible.read(name, values);
      if (value !== unreadable) return value;
      dead.add(name);
      return undefined;
    } catch {
      // In its dead zone: the line runs before the declaration of the variable does.
      dead.add(name);
      return undefined;
    }
  }
}

/** What a compiled expression threw in generated code: an interruption of ours, or an operator's TypeError. */
export function problemOf(error: unknown, expression: PreparedExpression): Problem {
  if (error instanceof Interruption) return problem(expression, error.code, error.message);
  return problem(expression, 'expression.threw', thrownText(error));
}

function deadZone(expression: PreparedExpression, name: string): Problem {
  const reason = `${name} has no value here: it is not initialised yet, or no code of this function uses it`;
  return problem(expression, 'expression.threw', reason);
}

function problem({ text, field }: PreparedExpression, code: Problem['code'], reason: string): Problem {
  return { code, message: `${text.slice(0, 100)}: ${reason}`, ...(field !== undefined && { field }) };
}
