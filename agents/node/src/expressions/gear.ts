import { hasOwn } from '../intrinsics/intrinsics.ts';
import { staticPath } from './compile-expression.ts';
import { pureGlobals, pureMethods, pureStatics } from './pure-functions.ts';
import { childrenOf, type Tree } from './tree.ts';

/** Whether a name that the line does not have can still be read, from the global object. */
export function isGlobalName(name: string): boolean {
  return name !== 'this' && (pureGlobals.has(name) || hasOwn(globalThis, name));
}

const constants: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

/** Compiled where every step is the language's own; anything that may be the application's goes to the sandbox. */
export function gearOf(tree: Tree, isKnown: (name: string) => boolean): 'compiled' | 'sandboxed' {
  return isCompiled(tree, isKnown, new Set()) ? 'compiled' : 'sandboxed';
}

function isCompiled(tree: Tree, isKnown: (name: string) => boolean, params: ReadonlySet<string>): boolean {
  switch (tree.kind) {
    case 'pattern':
      return false;
    case 'name':
      return params.has(tree.name) || isKnown(tree.name) || constants.has(tree.name);
    case 'binary':
      if (tree.operator === 'in' || tree.operator === 'instanceof') return false;
      break;
    case 'call': {
      const path = staticPath(tree.callee, {
        known: isKnown,
        params: new Map([...params].map((name) => [name, name])),
      });
      if (path !== undefined) {
        return hasOwn(pureStatics, path) && tree.args.every((argument) => isCompiled(argument, isKnown, params));
      }
      if (tree.callee.kind !== 'member' || !isPureMethod(tree.callee.property)) return false;
      break;
    }
    case 'arrow': {
      const inner = new Set([...params, ...tree.params]);
      return isCompiled(tree.body, isKnown, inner);
    }
    default:
  }
  return childrenOf(tree).every((child) => isCompiled(child, isKnown, params));
}

function isPureMethod(property: string | Tree): boolean {
  return typeof property === 'string' && Object.values(pureMethods).some((table) => hasOwn(table, property));
}
