import { compileFunction } from 'node:vm';
import type { Problem } from '@sonde/protocol/agent';
import { apply } from '../intrinsics/intrinsics.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { Interruption } from './interruption.ts';
import type { PreparedExpression } from './prepare-expression.ts';
import type { Sandbox, SandboxResult } from './sandbox.ts';
import type { SandboxedFunction } from './sandbox-cell.ts';
import { createSandboxGuards, type SandboxGuards, sandboxSource } from './sandbox-source.ts';
import { thrownText } from './thrown-text.ts';

export type Evaluation =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface Evaluator {
  /** One result for each expression, in order. `values` belong to the evaluator's names. Never throws. */
  readonly evaluate: (values: readonly unknown[]) => readonly Evaluation[];
}

interface EvaluatorOptions {
  readonly expressions: readonly PreparedExpression[];
  /** Every name that the expressions need, in the order in which `values` come. */
  readonly names: readonly string[];
  readonly sandbox: Sandbox;
  readonly redaction: Redaction;
}

type CompiledFunction = (...values: readonly unknown[]) => unknown;

/** Marks the frames of expressions, so that they are left out of a captured stack. */
export const expressionFile = 'sonde:expression';

/** Evaluates the expressions of a template, or the watches of a snapshot, together: all calls in one sandbox run. */
export function createEvaluator({ expressions, names, sandbox, redaction }: EvaluatorOptions): Evaluator {
  const compiled = expressions.map((expression) => compile(expression, names));
  const guards = createSandboxGuards(redaction);
  const groups = new Map<string, SandboxedFunction>();

  function sandboxed(indexes: readonly number[], asList: boolean): SandboxedFunction {
    const id = `${asList ? 'list' : 'one'} ${indexes.join(',')}`;
    const known = groups.get(id);
    if (known !== undefined) return known;
    const sources = indexes.map((index) => sandboxSource((expressions[index] as PreparedExpression).tree, names));
    const made = compileSandboxed(asList ? `[${sources.join(', ')}]` : `(${sources[0]})`, guards);
    groups.set(id, made);
    return made;
  }

  function evaluateAlone(index: number, values: readonly unknown[]): Evaluation {
    const expression = expressions[index] as PreparedExpression;
    const result = sandbox.evaluate(sandboxed([index], false), values);
    const refused = result.kind === 'threw' ? guards.refusedName(result.thrown) : undefined;
    if (refused === undefined) return evaluationOf(expression, result);
    return problem(expression, 'expression.redacted', `${refused} is redacted and cannot be read`);
  }

  function evaluateTogether(indexes: readonly number[], values: readonly unknown[], results: Evaluation[]): void {
    const all = indexes.length > 1 ? sandbox.evaluateAll(sandboxed(indexes, true), values) : undefined;
    for (let at = 0; at < indexes.length; at += 1) {
      const index = indexes[at] as number;
      // One that fails takes the others with it: then each runs by itself, and each gets its own answer.
      results[index] =
        all?.kind === 'value'
          ? { kind: 'value', value: (all.value as readonly unknown[])[at] }
          : evaluateAlone(index, values);
    }
  }

  return {
    evaluate(values) {
      const results: Evaluation[] = [];
      const waiting: number[] = [];
      for (let index = 0; index < expressions.length; index += 1) {
        const run = compiled[index];
        const result =
          run === undefined ? undefined : runCompiled(run, values, expressions[index] as PreparedExpression);
        if (result === undefined) waiting[waiting.length] = index;
        else results[index] = result;
      }
      if (waiting.length > 0) evaluateTogether(waiting, values, results);
      return results;
    },
  };
}

function compile(expression: PreparedExpression, names: readonly string[]): CompiledFunction | undefined {
  const made = expression.compile((name) => `v${names.indexOf(name)}`);
  if (made === undefined) return undefined;
  const params = names.map((_, index) => `v${index}`).join(', ');
  const captured = made.captures.map(({ name }) => name);
  const factory = compileFunction(`return (${params}) => ${made.source};`, captured, { filename: expressionFile });
  return factory(...made.captures.map(({ value }) => value)) as CompiledFunction;
}

function compileSandboxed(source: string, guards: SandboxGuards): SandboxedFunction {
  const factory = compileFunction(`'use strict'; return ($a) => ${source};`, ['$key', '$check'], {
    filename: expressionFile,
  });
  return factory(guards.key, guards.check) as SandboxedFunction;
}

/** Undefined when only the application's own code could answer. */
function runCompiled(
  run: CompiledFunction,
  values: readonly unknown[],
  expression: PreparedExpression,
): Evaluation | undefined {
  try {
    return { kind: 'value', value: apply(run, undefined, values as unknown[]) };
  } catch (error) {
    if (!(error instanceof Interruption)) return problem(expression, 'expression.threw', thrownText(error));
    return error.kind === 'call-needed' ? undefined : problem(expression, error.code, error.message);
  }
}

function evaluationOf(expression: PreparedExpression, result: SandboxResult): Evaluation {
  switch (result.kind) {
    case 'value':
      return result;
    case 'side-effect':
      return problem(
        expression,
        'expression.side-effect',
        'it would change the application, or V8 cannot rule that out, so it was ended',
      );
    case 'timeout':
      return problem(expression, 'expression.timeout', 'it took too long and was ended');
    case 'threw':
      return problem(expression, 'expression.threw', result.message);
    case 'unavailable':
      return problem(
        expression,
        'expression.refused',
        'it calls the application, which needs the inspector of this Node',
      );
  }
}

const maxShown = 100;

function problem(expression: PreparedExpression, code: Problem['code'], reason: string): Evaluation {
  const { text, field } = expression;
  const shown = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  const message = `${shown}: ${reason}`;
  return { kind: 'problem', problem: { code, message, ...(field === undefined ? {} : { field }) } };
}
