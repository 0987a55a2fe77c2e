import { forEachChild } from '../instrument/children.ts';
import { type ModuleKind, parseModule } from '../instrument/parse.ts';

type Node = Parameters<typeof forEachChild>[0];

/** Fields that hold a statement, a list of them, or, in a class, a list of members. */
const statementFields: { readonly [type: string]: readonly string[] } = {
  Program: ['body'],
  BlockStatement: ['body'],
  StaticBlock: ['body'],
  ClassBody: ['body'],
  SwitchCase: ['consequent'],
  IfStatement: ['consequent', 'alternate'],
  ForStatement: ['body'],
  ForInStatement: ['body'],
  ForOfStatement: ['body'],
  WhileStatement: ['body'],
  DoWhileStatement: ['body'],
  ArrowFunctionExpression: ['body'],
};

export interface StatementStart {
  readonly offset: number;
  /**
   * Where line breaks go if the statement is to have a line of its own, ascending: in front of it, and, behind `else`,
   * in front of that too, or the brace that a guard adds to the statement before would push `else` to the right.
   */
  readonly breaks: readonly number[];
}

/**
 * Offsets at which a line break changes nothing: where a statement, a class member or the body of an arrow function
 * starts. None lies inside a literal, and none behind a token that a line break would end the statement of.
 * @throws TransformError
 */
export function statementStarts(code: string, moduleKind: ModuleKind): readonly StatementStart[] {
  const starts: StatementStart[] = [];
  const visit = (node: Node) => {
    for (const field of statementFields[node.type] ?? []) {
      const value: unknown = (node as unknown as Record<string, unknown>)[field];
      for (const item of Array.isArray(value) ? value : [value]) {
        if (isStart(item)) {
          starts.push({ offset: item.start, breaks: [...elseBefore(code, item.start), item.start] });
        }
      }
    }
    forEachChild(node, visit);
  };
  visit(parseModule(code, moduleKind).program);
  return starts.sort((a, b) => a.offset - b.offset);
}

function elseBefore(code: string, start: number): readonly number[] {
  const word = /\belse\s*$/.exec(code.slice(Math.max(0, start - 16), start));
  return word === null ? [] : [start - word[0].length];
}

function isStart(value: unknown): value is { readonly start: number } {
  return typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'number';
}
