import type { GuardedModule } from '../guard-module.ts';
import { type GuardArgument, siteArguments } from '../site-arguments.ts';

export interface ActiveGuards {
  readonly hits: number;
  /** Sites hit at least once. */
  readonly hitSites: number;
  /** Calls whose arguments were not those that the site promises. */
  readonly faults: readonly string[];
  stop(): void;
}

/** Accessors are called for every name only on the first hits of a site: programs run millions of guards. */
const thoroughHits = 3;

/** Defines every cell of the module with a function that reads all a guard passes, as the agent does while probes are placed. */
export function activateGuards(module: GuardedModule, target: object = globalThis): ActiveGuards {
  const lists = module.sites.map((site) => siteArguments(site, module.moduleNames));
  const hitsBySite = new Map<number, number>();
  const faults: string[] = [];
  let hits = 0;
  const guard = (...args: readonly unknown[]): void => {
    hits += 1;
    const id = Number(args[0]);
    const before = hitsBySite.get(id) ?? 0;
    hitsBySite.set(id, before + 1);
    if (before < thoroughHits) faults.push(...faultsOf(args, lists[id]));
  };
  for (const { cell } of module.functions) {
    Object.defineProperty(target, cell, { value: guard, configurable: true, writable: true });
  }
  return {
    get hits() {
      return hits;
    },
    get hitSites() {
      return hitsBySite.size;
    },
    faults,
    stop() {
      for (const { cell } of module.functions) Reflect.deleteProperty(target, cell);
    },
  };
}

function faultsOf(args: readonly unknown[], list: readonly GuardArgument[] | undefined): readonly string[] {
  if (list === undefined) return [`site ${String(args[0])} is not known`];
  if (list.length !== args.length)
    return [`site ${String(args[0])}: ${args.length} arguments instead of ${list.length}`];
  return list.flatMap((argument, position) => faultOfAccessor(argument, args[position]));
}

function faultOfAccessor(argument: GuardArgument, accessor: unknown): readonly string[] {
  if (argument.kind !== 'deferred' && argument.kind !== 'module') return [];
  if (typeof accessor !== 'function') return [`no accessor for ${argument.names.join()}`];
  return argument.names.flatMap((name) => {
    try {
      accessor(name);
      return [];
    } catch (error) {
      const inDeadZone = error instanceof ReferenceError && error.message.includes('before initialization');
      return inDeadZone ? [] : [`${name}: ${String(error)}`];
    }
  });
}
