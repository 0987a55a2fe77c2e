import { type ArgumentLimit, argumentLimit } from './bytecode-limit.ts';
import { isBoundBelow, type PendingSite } from './pending-site.ts';
import type { FunctionUnit, Scope } from './scope.ts';
import type { Frame, GuardedFunction, Site } from './site.ts';
import type { SkippedRange } from './skipped-range.ts';
import type { SourceText } from './source-text.ts';

export interface AssembledSite {
  readonly site: Site;
  readonly pending: PendingSite;
}

interface Assembly {
  readonly functions: readonly GuardedFunction[];
  readonly sites: readonly AssembledSite[];
  readonly frames: readonly Frame[];
  readonly skipped: readonly SkippedRange[];
}

export interface AssemblyInput {
  readonly text: SourceText;
  readonly units: readonly FunctionUnit[];
  readonly pending: readonly PendingSite[];
  readonly moduleScope: Scope;
  readonly moduleNames: readonly string[];
  /** All cells of the module start with it. */
  readonly cellPrefix: string;
}

/** Numbers functions, sites and frames once the whole module is known, and drops what must stay unguarded. */
export function assemble(input: AssemblyInput): Assembly {
  const { text, units, pending, moduleScope, moduleNames, cellPrefix } = input;
  const readByAccessor = new Set(moduleNames);
  const frames = new Frames(moduleScope);
  const functions: GuardedFunction[] = [];
  const sites: AssembledSite[] = [];
  const skipped: SkippedRange[] = units
    .filter((unit) => !unit.parent?.isRefused())
    .flatMap((unit) => (unit.refusal ? [{ ...lines(unit, text), reason: unit.refusal }] : []));

  for (const [unit, own] of groupByUnit(pending)) {
    if (unit.isRefused()) continue;
    const values = own.map((site) => ({
      site,
      locals: localNames(site, moduleScope, readByAccessor),
      outer: outerNames(site),
    }));
    const characters = unit.facts.end - unit.facts.start - unit.nestedLength;
    const limit = argumentLimit(
      characters,
      values.map(({ locals, outer }) => ({ locals: locals.length, outer: outer.direct.length })),
    );
    if (limit === undefined) {
      skipped.push({ ...lines(unit, text), reason: 'too-large' });
      continue;
    }
    const functionIndex = functions.length;
    const { name, async, generator } = unit.facts;
    const cell = `${cellPrefix}${functionIndex}`;
    functions.push({ cell, name, ...lines(unit, text), async, generator, frame: frames.of(unit) });
    for (const value of values) {
      sites.push({ site: makeSite(value, functionIndex, limit, text), pending: value.site });
    }
  }
  sites.sort((a, b) => a.pending.start - b.pending.start);
  return { functions, sites, frames: frames.list, skipped };
}

function makeSite(
  { site, locals, outer }: { site: PendingSite; locals: readonly string[]; outer: OuterNames },
  functionIndex: number,
  limit: ArgumentLimit,
  text: SourceText,
): Site {
  return {
    functionIndex,
    line: text.line(site.start),
    column: text.column(site.start),
    names: locals.slice(0, limit.locals),
    outer: outer.direct.slice(0, limit.outer),
    deferred: outer.deferred.slice(0, limit.outer),
    hasThis: site.unit.canPassThis(),
  };
}

function lines(unit: FunctionUnit, text: SourceText): { line: number; endLine: number } {
  return { line: text.line(unit.facts.start), endLine: text.line(unit.facts.end) };
}

function groupByUnit(pending: readonly PendingSite[]): ReadonlyMap<FunctionUnit, readonly PendingSite[]> {
  const groups = new Map<FunctionUnit, PendingSite[]>();
  for (const site of pending) {
    const group = groups.get(site.unit);
    if (group) group.push(site);
    else groups.set(site.unit, [site]);
  }
  return groups;
}

/** Names the accessor reads are not passed again at the module's top level. */
function localNames(site: PendingSite, moduleScope: Scope, readByAccessor: ReadonlySet<string>): readonly string[] {
  return site.locals
    .filter(
      ({ name }) =>
        moduleScope.variables.get(name) === undefined ||
        !readByAccessor.has(name) ||
        isBoundBelow(name, site.scope, moduleScope),
    )
    .map(({ name }) => name);
}

interface OuterNames {
  readonly direct: readonly string[];
  readonly deferred: readonly string[];
}

/** The function's outer names, less those that a block around this very statement binds anew. */
function outerNames({ unit, scope }: PendingSite): OuterNames {
  const end = outermostScope(scope).parent;
  const isOuter = (name: string) => !isBoundBelow(name, scope, end);
  return { direct: unit.outer.filter(isOuter), deferred: unit.deferred.filter(isOuter) };
}

function outermostScope(scope: Scope): Scope {
  let at = scope;
  while (at.parent?.unit === scope.unit) at = at.parent;
  return at;
}

class Frames {
  readonly list: Frame[];
  readonly #indices = new Map<FunctionUnit, number>();

  constructor(moduleScope: Scope) {
    this.list = [{ parent: undefined, bound: [...moduleScope.variables.keys()] }];
  }

  of(unit: FunctionUnit): number {
    const known = this.#indices.get(unit);
    if (known !== undefined) return known;
    const parent = unit.parent === undefined ? 0 : this.of(unit.parent);
    const index = this.list.push({ parent, bound: [...unit.bound] }) - 1;
    this.#indices.set(unit, index);
    return index;
  }
}
