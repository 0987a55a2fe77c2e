import type { Redaction } from '../redaction/redaction.ts';
import { CompiledArrow, type Test } from './compiled-arrow.ts';
import { callMethod, callStatic } from './guarded-call.ts';
import { guardedBinary, guardedEqual, guardedText, guardedUnary } from './guarded-operators.ts';
import { readProperty } from './guarded-read.ts';
import { Interruption } from './interruption.ts';
import { pureGlobals } from './pure-functions.ts';
import type { CallTree, MemberTree, Tree } from './tree.ts';

/** A value that compiled source refers to by `name`. One name is one value, in every expression of a policy. */
interface Captured {
  readonly name: string;
  readonly value: unknown;
}

export interface CompiledExpression {
  /** One JavaScript expression. It may throw an `Interruption`, and TypeErrors of operators on primitives. */
  readonly source: string;
  readonly captures: readonly Captured[];
}

/** The source that reads a free name. It must not begin with `$`, run nothing, and bear being evaluated twice. */
export type BindName = (name: string) => string;

interface Emission {
  readonly bind: BindName;
  readonly redaction: Redaction;
  readonly captures: Map<string, unknown>;
  /** Names of arrow parameters, and the names they have in the source. */
  readonly params: ReadonlyMap<string, string>;
  readonly known: (name: string) => boolean;
  readonly temporaries: { count: number };
}

const operatorNames: { readonly [operator: string]: string } = {
  ...{ '<': '$lt', '<=': '$lte', '>': '$gt', '>=': '$gte', '+': '$add', '-': '$sub', '*': '$mul', '/': '$div' },
  ...{ '%': '$mod', '**': '$pow', '&': '$and', '|': '$or', '^': '$xor', '<<': '$shl', '>>': '$shr', '>>>': '$ushr' },
};

/** Inlined with a check for numbers in front, so that a comparison of locals costs what it costs by hand. */
const inlined: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '+', '-', '*', '/', '%']);

/** `isKnown` says which names the line has; of the others, the pure globals are the language's. */
export function compileExpression(
  tree: Tree,
  bind: BindName,
  redaction: Redaction,
  isKnown: (name: string) => boolean,
): CompiledExpression {
  const captures = new Map<string, unknown>();
  const emission: Emission = {
    bind,
    redaction,
    captures,
    params: new Map(),
    known: isKnown,
    temporaries: { count: 0 },
  };
  const source = emit(tree, emission);
  return { source, captures: [...captures].map(([name, value]) => ({ name, value })) };
}

function emit(tree: Tree, to: Emission): string {
  switch (tree.kind) {
    case 'literal':
      return literalSource(tree.value);
    case 'name':
      return nameSource(tree.name, to);
    case 'this':
      return to.bind('this');
    case 'chain':
      return emitChain(tree.link, to, (source) => source);
    case 'member':
    case 'call':
      return emitChain(tree, to, (source) => source);
    case 'unary':
      return emitUnary(tree, to);
    case 'binary':
      return emitBinary(tree, to);
    case 'logical':
      return `(${emit(tree.left, to)} ${tree.operator} ${emit(tree.right, to)})`;
    case 'conditional':
      return `(${emit(tree.test, to)} ? ${emit(tree.yes, to)} : ${emit(tree.no, to)})`;
    case 'template':
      return emitTemplate(tree, to);
    case 'array':
      return `[${tree.elements.map((element) => emit(element, to)).join(', ')}]`;
    case 'object':
      return `({ ${tree.fields.map((field) => `${quote(field.name)}: ${emit(field.value, to)}`).join(', ')} })`;
    case 'arrow':
      return emitArrow(tree, to);
    case 'pattern':
      throw new Error('a pattern belongs to the sandboxed gear');
  }
}

/** `a?.b.c` gives undefined for the whole chain: what follows `?.` is emitted inside the test. */
function emitChain(tree: Tree, to: Emission, rest: (source: string) => string): string {
  if (tree.kind === 'member') {
    return emitChain(tree.object, to, (object) =>
      tree.optional
        ? optional(object, to, (name) => rest(readSource(tree, name, to)))
        : rest(readSource(tree, object, to)),
    );
  }
  if (tree.kind === 'call') return emitCall(tree, to, rest);
  return rest(emit(tree, to));
}

function emitCall(tree: CallTree, to: Emission, rest: (source: string) => string): string {
  const args = (): string => `[${tree.args.map((argument) => emit(argument, to)).join(', ')}]`;
  const path = staticPath(tree.callee, to);
  if (path !== undefined) return rest(`${use(to, '$static', callStatic)}(${quote(path)}, ${args()})`);
  const { callee } = tree;
  if (callee.kind !== 'member' || typeof callee.property !== 'string') {
    throw new Error('a call of the application belongs to the sandboxed gear');
  }
  const name = quote(callee.property);
  const method = use(to, '$method', createMethodCall(to.redaction));
  return emitChain(callee.object, to, (object) =>
    callee.optional
      ? optional(object, to, (temporary) => rest(`${method}(${temporary}, ${name}, ${args()})`))
      : rest(`${method}(${object}, ${name}, ${args()})`),
  );
}

function optional(object: string, to: Emission, rest: (name: string) => string): string {
  to.temporaries.count += 1;
  const name = `$t${to.temporaries.count}`;
  return `((${name}) => ${name} === null || ${name} === undefined ? undefined : ${rest(name)})(${object})`;
}

function readSource(tree: MemberTree, object: string, to: Emission): string {
  const read = use(to, '$read', readProperty);
  if (typeof tree.property === 'string') return `${read}(${object}, ${quote(tree.property)})`;
  return `${read}(${object}, ${use(to, '$key', createKeyGuard(to.redaction))}(${emit(tree.property, to)}))`;
}

/** `Math.max` or `Number`, where the line has no variable of that name. */
export function staticPath(callee: Tree, scope: Pick<Emission, 'known' | 'params'>): string | undefined {
  const isGlobal = (name: string): boolean => pureGlobals.has(name) && !scope.known(name) && !scope.params.has(name);
  if (callee.kind === 'name') return isGlobal(callee.name) ? callee.name : undefined;
  if (callee.kind !== 'member' || typeof callee.property !== 'string' || callee.object.kind !== 'name')
    return undefined;
  return isGlobal(callee.object.name) ? `${callee.object.name}.${callee.property}` : undefined;
}

function emitUnary(tree: Extract<Tree, { kind: 'unary' }>, to: Emission): string {
  const operand = emit(tree.operand, to);
  if (tree.operator === '!' || tree.operator === 'typeof') return `(${tree.operator} ${operand})`;
  if (tree.operand.kind === 'literal' && typeof tree.operand.value === 'number') return `(${tree.operator} ${operand})`;
  const names = { '-': '$negate', '+': '$plus', '~': '$not' } as const;
  return `${use(to, names[tree.operator], guardedUnary(tree.operator))}(${operand})`;
}

function emitBinary(tree: Extract<Tree, { kind: 'binary' }>, to: Emission): string {
  const { operator } = tree;
  const left = emit(tree.left, to);
  const right = emit(tree.right, to);
  if (operator === '===' || operator === '!==') return `(${left} ${operator} ${right})`;
  if (operator === '==') return `${use(to, '$equal', guardedEqual)}(${left}, ${right})`;
  if (operator === '!=') return `(!${use(to, '$equal', guardedEqual)}(${left}, ${right}))`;
  const name = operatorNames[operator];
  if (name === undefined) throw new Error(`${operator} belongs to the sandboxed gear`);
  const guarded = `${use(to, name, guardedBinary(operator))}(${left}, ${right})`;
  if (!inlined.has(operator) || !isRepeatable(tree.left, to) || !isRepeatable(tree.right, to)) return guarded;
  const tests = [numberTest(tree.left, left), numberTest(tree.right, right)].filter((test) => test !== undefined);
  const plain = `${left} ${operator} ${right}`;
  return tests.length === 0 ? `(${plain})` : `(${tests.join(' && ')} ? ${plain} : ${guarded})`;
}

/** Reading it twice costs nothing and gives the same. */
function isRepeatable(tree: Tree, to: Emission): boolean {
  if (tree.kind === 'name') return /^[\w$]+$/.test(nameSource(tree.name, to));
  if (tree.kind === 'unary') return tree.operator === '-' && tree.operand.kind === 'literal';
  return tree.kind === 'literal' && typeof tree.value === 'number';
}

function numberTest(tree: Tree, source: string): string | undefined {
  return tree.kind === 'name' ? `typeof ${source} === 'number'` : undefined;
}

function emitTemplate(tree: Extract<Tree, { kind: 'template' }>, to: Emission): string {
  const pieces = tree.texts.flatMap((text, index) => {
    const part = tree.parts[index];
    return part === undefined ? [quote(text)] : [quote(text), `${use(to, '$text', guardedText)}(${emit(part, to)})`];
  });
  return `(${pieces.join(' + ')})`;
}

function emitArrow(tree: Extract<Tree, { kind: 'arrow' }>, to: Emission): string {
  const params = new Map(to.params);
  const names = tree.params.map((name) => {
    to.temporaries.count += 1;
    const renamed = `$p${to.temporaries.count}`;
    params.set(name, renamed);
    return renamed;
  });
  const body = emit(tree.body, { ...to, params });
  return `${use(to, '$arrow', markArrow)}((${names.join(', ')}) => ${body})`;
}

function markArrow(test: Test): CompiledArrow {
  return new CompiledArrow(test);
}

function nameSource(name: string, to: Emission): string {
  const param = to.params.get(name);
  if (param !== undefined) return param;
  if (to.known(name) || !pureGlobals.has(name)) return to.bind(name);
  if (name === 'undefined') return '(void 0)';
  if (name === 'NaN') return '(0 / 0)';
  if (name === 'Infinity') return '(1 / 0)';
  throw new Error(`${name} as a value belongs to the sandboxed gear`);
}

function literalSource(value: string | number | boolean | bigint | null): string {
  if (typeof value === 'string') return quote(value);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function use(to: Emission, name: string, value: unknown): string {
  if (!to.captures.has(name)) to.captures.set(name, value);
  return name;
}

/** A key that is only known when the line runs is checked then. */
function createKeyGuard(redaction: Redaction): (key: unknown) => PropertyKey {
  return (key) => {
    if (typeof key === 'number' || typeof key === 'symbol') return key;
    const name = guardedText(key);
    refuseKey(name, redaction);
    return name;
  };
}

function createMethodCall(redaction: Redaction): typeof callMethod {
  return (target, name, args) => {
    // The key of `get` and `has` is a name as much as a property is.
    if (typeof args[0] === 'string' && (name === 'get' || name === 'has')) refuseKey(args[0], redaction);
    return callMethod(target, name, args);
  };
}

function refuseKey(name: string, redaction: Redaction): void {
  if (!redaction.isRedactedAccess(name) && name !== '__proto__' && name !== 'constructor') return;
  throw new Interruption('problem', 'expression.redacted', `${name} is redacted and cannot be read`);
}
