import type { CompiledExpression } from '../expressions/compile-expression.ts';
import type { PreparedExpression } from '../expressions/prepare-expression.ts';
import { childrenOf, type Tree } from '../expressions/tree.ts';
import type { Admission } from './admission.ts';
import { parameterNames, type SiteProgram } from './dispatcher.ts';
import { type HitPath, timedConditions } from './hit-path.ts';
import type { LogHit, PreparedTemplate } from './log-hit.ts';
import type { ProbeMeter } from './probe-meter.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { VisibleNames } from './visible-names.ts';

export interface ProgramParts {
  readonly site: number;
  readonly names: VisibleNames;
  readonly condition: PreparedExpression | undefined;
  /** False where a value may be missing, as behind a breakpoint: then expressions are evaluated one by one. */
  readonly isInline: boolean;
  readonly meter: ProbeMeter;
  readonly admission: Admission;
  readonly path: HitPath;
  /** For a log whose template is compiled as a whole: the line is formatted without leaving the generated code. */
  readonly line:
    | { readonly hit: LogHit; readonly template: PreparedTemplate; readonly format: (value: unknown) => string }
    | undefined;
  readonly stopwatch: Stopwatch;
}

/** V8 stops for about so long at a breakpoint before any of our code runs, and no clock of ours sees it. */
const breakpointReachNs = 80_000;

/** One line in so many is timed, and stands for the others: reading the clock costs as much as formatting a line. */
const timedLines = 16;
/** No line takes longer that is formatted here; what was measured beyond that was another process, and must not count 16 times. */
const longestLineNs = 100_000;

/** Writes what a probe does at a site, as statements of a dispatcher. The condition that is false is all of the hot path. */
export function probeProgram(parts: ProgramParts): SiteProgram {
  const { names, site, meter, admission, path, line, isInline } = parts;
  const shared = new Map<string, unknown>();
  const bind = (name: string) => names.source(name) ?? name;
  const condition = isInline ? parts.condition?.compile(bind) : undefined;
  share(condition, shared);
  const message = line && isInline ? compileMessage(line.template, bind, shared) : undefined;
  const values = `[${parameterNames(names.arity).join(',')}]`;

  const constants: { [name: string]: unknown } = { meter, admission, path };
  if (line) Object.assign(constants, { format: line.format, ...lineConstants(parts) });
  return {
    site,
    shared,
    constants,
    statements(constant) {
      const stop = isInline ? '' : `${constant('meter')}.measuredNs+=${breakpointReachNs};`;
      const reached = `${constant('meter')}.reached++;${stop}`;
      if (parts.condition && !condition) return `${reached}${constant('path')}.judge(${values});`;
      const emit = message
        ? emitLine(message(constant('format')), constant, values)
        : `${constant('path')}.emit(${values});`;
      const hit = `if(${constant('admission')}.take()){${emit}}`;
      if (!condition) return `${reached}${hit}`;
      // The hit stands outside of `try`: what it throws is no fault of the condition, and it throws nothing.
      return `${reached}${judgement(condition, calls(parts.condition?.tree), constant, values)}if(m){${hit}}`;
    },
  };
}

/** Reads and operators take what they take; only a call, such as `includes`, may go through a thousand elements. */
function calls(tree: Tree | undefined): boolean {
  return tree !== undefined && (tree.kind === 'call' || childrenOf(tree).some(calls));
}

/** Leaves in `m` whether the condition holds. One that calls nothing costs less than choosing when to time it. */
function judgement(
  condition: CompiledExpression,
  isTimed: boolean,
  constant: (name: string) => string,
  values: string,
): string {
  const path = constant('path');
  const threw = `${path}.conditionThrew(e,${values})`;
  if (!isTimed) return `let m;try{m=${condition.source}}catch(e){${threw}}`;
  const started = `(${constant('meter')}.reached&${timedConditions - 1})===0?${path}.now():0`;
  return `let m,t=${started};try{m=${condition.source}}catch(e){if(${threw})t=0}if(t!==0)${path}.conditionTook(t);`;
}

function share(compiled: CompiledExpression | undefined, shared: Map<string, unknown>): void {
  for (const { name, value } of compiled?.captures ?? []) shared.set(name, value);
}

type MessageSource = (format: string) => string;

/** The line as one expression, or undefined where some part of it must go to the sandbox. */
function compileMessage(
  template: PreparedTemplate,
  bind: (name: string) => string,
  shared: Map<string, unknown>,
): MessageSource | undefined {
  const parts = template.map((part) => (part.kind === 'text' ? { text: part.text } : { compiled: part.compile(bind) }));
  if (parts.some((part) => 'compiled' in part && part.compiled === undefined)) return undefined;
  for (const part of parts) if ('compiled' in part) share(part.compiled, shared);
  return (format) => {
    const sources = parts.map((part) =>
      'text' in part ? JSON.stringify(part.text) : `${format}(${part.compiled?.source})`,
    );
    return sources.length === 0 ? '""' : `""+${sources.join('+')}`;
  };
}

function emitLine(message: string, constant: (name: string) => string, values: string): string {
  return `let s;try{s=${message}}catch(e){s=${constant('slow')}(${values})}${constant('send')}(s);`;
}

/** Both are the last stop of what could throw in generated code, so both contain it. */
function lineConstants({ line, admission, path, meter, stopwatch }: ProgramParts): {
  readonly [name: string]: unknown;
} {
  let count = 0;
  const send = (message: string) => {
    path.count(line?.hit.emitMessage(message, admission.atMs) ?? false);
    count += 1;
    if (count % timedLines === 0)
      meter.measuredNs += Math.min(stopwatch.since(admission.atMs), longestLineNs) * timedLines;
  };
  return {
    // An accessor or a proxy was met: the same line again by way of the sandbox.
    slow(values: readonly unknown[]) {
      try {
        return line?.hit.message(values);
      } catch (error) {
        path.fault(error);
        return undefined;
      }
    },
    send(message: string | undefined) {
      if (message === undefined) return;
      try {
        send(message);
      } catch (error) {
        path.fault(error);
      }
    },
  };
}
