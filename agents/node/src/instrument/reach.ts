import type { GuardedModule } from './guard-module.ts';
import type { Site } from './site.ts';
import { type GuardArgument, siteArguments } from './site-arguments.ts';

/**
 * How an expression at a site gets at a name. `argument` is the position among the guard's arguments.
 * - `value`: the argument is the value
 * - `accessor`: the argument is a function to be called with the name, inside try
 * - `unreachable`: the application binds the name here, but the guard cannot read it: a breakpoint can
 * - `unbound`: the module does not bind the name; it is a global or nothing
 */
export type Reach =
  | { readonly kind: 'value'; readonly argument: number }
  | { readonly kind: 'accessor'; readonly argument: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unbound' };

/** What is kept of a guarded module once its code has gone to V8. */
export type ReachableModule = Omit<GuardedModule, 'code'>;

/** Resolves a name as the application's own code at that line would, never to a variable of the same name further out. */
export function reach(module: ReachableModule, site: Site, name: string): Reach {
  const list = siteArguments(site, module.moduleNames);
  if (name === 'this') {
    const argument = list.findIndex(({ kind }) => kind === 'this');
    return argument < 0 ? { kind: 'unreachable' } : { kind: 'value', argument };
  }
  // Every function binds it without saying so.
  if (name === 'arguments') return { kind: 'unreachable' };
  const argument = list.findIndex((candidate) => offers(candidate, name));
  const found = list[argument];
  if (found?.kind === 'value') return { kind: 'value', argument };
  if (found?.kind === 'deferred') return { kind: 'accessor', argument };
  return bindingFrame(module, site, name) ?? (found ? { kind: 'accessor', argument } : moduleOrNothing(module, name));
}

function offers(argument: GuardArgument, name: string): boolean {
  if (argument.kind === 'value') return argument.name === name;
  return (argument.kind === 'deferred' || argument.kind === 'module') && argument.names.includes(name);
}

/** A function between the site and the module binds the name, and its value was not passed. */
function bindingFrame(module: ReachableModule, site: Site, name: string): Reach | undefined {
  let frame = module.frames[module.functions[site.functionIndex]?.frame ?? 0];
  while (frame?.parent !== undefined) {
    if (frame.bound.includes(name)) return { kind: 'unreachable' };
    frame = module.frames[frame.parent];
  }
  return undefined;
}

function moduleOrNothing(module: ReachableModule, name: string): Reach {
  return module.frames[0]?.bound.includes(name) ? { kind: 'unreachable' } : { kind: 'unbound' };
}
