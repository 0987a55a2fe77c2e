import { isArray, isProxy, ownData } from '../intrinsics/intrinsics.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { takesKey } from './name-rules.ts';
import type { CallTree, Tree } from './tree.ts';

interface Emission {
  readonly names: readonly string[];
  readonly params: ReadonlyMap<string, string>;
}

/**
 * The expression as the application would have written it, over `$a[0]`, `$a[1]` … for `names`; other names are globals.
 * It runs only under V8's side-effect check, so it reads and calls what it likes, but no key that redaction refuses.
 */
export function sandboxSource(tree: Tree, names: readonly string[]): string {
  return emit(tree, { names, params: new Map() });
}

export interface SandboxGuards {
  /** What the source calls around a key that is known only when the line runs. */
  readonly key: (key: unknown) => PropertyKey;
  /** What it calls around a first argument, which may be a key as well: `headers.get(name)`. */
  readonly check: (argument: unknown) => unknown;
  /** The name that a guard refused, if that is why something was thrown. */
  readonly refusedName: (thrown: unknown) => string | undefined;
}

/** The guards write nothing and read no import, or the check that they run under would refuse them. */
export function createSandboxGuards(redaction: Redaction): SandboxGuards {
  const { isRedactedAccess } = redaction;
  const mark = {};
  const check = (argument: unknown): unknown => {
    if (typeof argument !== 'string') return argument;
    if (isRedactedAccess(argument) || argument === 'constructor' || argument === '__proto__') throw [mark, argument];
    return argument;
  };
  return {
    check,
    // An object is turned into its text here, once, so that it cannot be one name for the check and another for the read.
    key: (value) =>
      typeof value === 'symbol' || typeof value === 'number' ? value : (check(`${value as string}`) as string),
    refusedName(thrown) {
      if (!isArray(thrown) || isProxy(thrown) || ownData(thrown, 0) !== mark) return undefined;
      return ownData(thrown, 1) as string;
    },
  };
}

function emit(tree: Tree, to: Emission): string {
  switch (tree.kind) {
    case 'literal':
      return literalSource(tree.value);
    case 'pattern':
      return tree.raw;
    case 'name':
      return to.params.get(tree.name) ?? boundName(tree.name, to);
    case 'this':
      return boundName('this', to);
    case 'chain':
      return `(${emit(tree.link, to)})`;
    case 'member': {
      const dot = tree.optional ? '?.' : '';
      const key =
        typeof tree.property === 'string' ? JSON.stringify(tree.property) : `$key(${emit(tree.property, to)})`;
      return `${emit(tree.object, to)}${dot}[${key}]`;
    }
    case 'call':
      return emitCall(tree, to);
    case 'unary':
      return `(${tree.operator} ${emit(tree.operand, to)})`;
    case 'binary': {
      const left = emit(tree.left, to);
      return `(${tree.operator === 'in' ? `$key(${left})` : left} ${tree.operator} ${emit(tree.right, to)})`;
    }
    case 'logical':
      return `(${emit(tree.left, to)} ${tree.operator} ${emit(tree.right, to)})`;
    case 'conditional':
      return `(${emit(tree.test, to)} ? ${emit(tree.yes, to)} : ${emit(tree.no, to)})`;
    case 'template':
      return `(${tree.texts.map((text, index) => templatePart(text, tree.parts[index], to)).join(' + ')})`;
    case 'array':
      return `[${tree.elements.map((element) => emit(element, to)).join(', ')}]`;
    case 'object':
      return `({ ${tree.fields.map((field) => `${JSON.stringify(field.name)}: ${emit(field.value, to)}`).join(', ')} })`;
    case 'arrow': {
      const params = new Map(to.params);
      const names = tree.params.map((name) => {
        const renamed = `$p${params.size}`;
        params.set(name, renamed);
        return renamed;
      });
      return `(${names.join(', ')}) => ${emit(tree.body, { ...to, params })}`;
    }
  }
}

function templatePart(text: string, part: Tree | undefined, to: Emission): string {
  // A template literal, not `+`: the two convert objects differently.
  return part === undefined ? JSON.stringify(text) : `${JSON.stringify(text)} + \`\${${emit(part, to)}}\``;
}

function emitCall(tree: CallTree, to: Emission): string {
  const { callee } = tree;
  const isKeyed = takesKey(
    callee.kind === 'member' && typeof callee.property === 'string' ? callee.property : undefined,
  );
  const args = tree.args.map((argument, index) => {
    const source = emit(argument, to);
    // `headers.get(name)` reads a field whose name is known only now.
    if (!isKeyed || index !== 0 || argument.kind === 'literal' || argument.kind === 'arrow') return source;
    // Calling the guard costs an evaluation several µs more, and what is passed is mostly no text.
    const repeatable = argument.kind === 'name' || argument.kind === 'this';
    return repeatable ? `(typeof ${source} === 'string' ? $check(${source}) : ${source})` : `$check(${source})`;
  });
  return `${emit(callee, to)}${tree.optional ? '?.' : ''}(${args.join(', ')})`;
}

function boundName(name: string, to: Emission): string {
  const index = to.names.indexOf(name);
  return index === -1 ? name : `$a[${index}]`;
}

function literalSource(value: string | number | boolean | bigint | null): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return `(${value})`;
  return typeof value === 'bigint' ? `${value}n` : String(value);
}
