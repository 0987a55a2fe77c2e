import { relative, sep } from 'node:path';
import type { Binding, Location, Problem } from '@sonde/protocol/agent';
import { reach } from '../instrument/reach.ts';
import { siteArguments } from '../instrument/site-arguments.ts';
import { type Binding as LocatedBinding, locate, type ModulePosition, type NearestLines } from '../source/locate.ts';
import type { ModuleRegistry, RegisteredModule } from '../source/module-registry.ts';
import type { SourceFiles } from '../source/source-files.ts';
import type { ProbeTarget, Targeting } from './probe-target.ts';
import type { SiteValue } from './visible-names.ts';

/** The names that can be read at a place in a file's text, by whatever means: for code that runs without guards. */
export type NamesInText = (module: RegisteredModule, line: number) => readonly string[];

export interface TargetFinderDeps {
  readonly registry: ModuleRegistry;
  readonly files: SourceFiles;
  readonly namesInText: NamesInText;
  /** How a path is shown. */
  readonly display: (path: string) => string;
}

/** Finds where a probe at this location would stand; says in the user's terms why it cannot. */
export function findTargets(deps: TargetFinderDeps, location: Location): Targeting {
  const found = locate(deps.registry, deps.files, {
    file: location.file,
    line: location.line,
    ...(location.column !== undefined && { column: location.column }),
  });
  switch (found.kind) {
    case 'bound':
      return { kind: 'bound', targets: found.bindings.map((binding) => guardTarget(deps, binding)) };
    case 'unguarded':
      return unguarded(deps, location, found);
    case 'not-loaded':
      return { kind: 'pending', file: found.file };
    case 'no-code':
      return refused(noCode(location, found.nearest));
    case 'ambiguous':
      return refused({
        code: 'location.file-ambiguous',
        message: `${location.file} fits several files; name one of them with more of its path`,
        candidates: found.candidates.slice(0, 50),
      });
    case 'unknown':
      return refused(unknownFile(location, found.candidates, found.searchedAll));
  }
}

function refused(problem: Problem): Targeting {
  return { kind: 'refused', problem: { ...problem, field: 'location' } };
}

function noCode(location: Location, nearest: NearestLines): Problem {
  const lines = [nearest.above, nearest.below].filter((line) => line !== undefined);
  return { code: 'location.no-code', message: `line ${location.line} has no code`, nearestLines: lines };
}

function unknownFile(location: Location, candidates: readonly string[], searchedAll: boolean): Problem {
  const scope = searchedAll
    ? 'neither loaded nor in the application’s folder'
    : 'not loaded, and not found on disk within the time for it';
  return {
    code: 'location.file-unknown',
    message: `${location.file} is ${scope}`,
    candidates: candidates.slice(0, 50),
  };
}

function unguarded(
  deps: TargetFinderDeps,
  location: Location,
  found: {
    readonly file: string;
    readonly reason: string;
    readonly positions: readonly ModulePosition[];
    readonly nearest: NearestLines;
  },
): Targeting {
  if (found.positions.length === 0) {
    return refused({
      code: 'location.unreachable',
      message: `nothing can stand on line ${location.line} (${found.reason})`,
      nearestLines: [found.nearest.above, found.nearest.below].filter((line) => line !== undefined),
    });
  }
  const targets = found.positions.map((position): ProbeTarget => {
    const { module, line, column } = position;
    const generated = { file: deps.display(module.path), line, column };
    const values = deps.namesInText(module, line).map((name): SiteValue => ({ kind: 'value', name, from: 'local' }));
    return {
      binding: binding(
        deps,
        module,
        { file: found.file, line: location.line, column: location.column ?? column },
        generated,
        'breakpoint',
      ),
      stand: { kind: 'breakpoint', url: module.url, line, column },
      values,
      isOutOfReach: () => false,
      note: `no guard stands on this line (${found.reason}), so V8 stops there for 50 to 200 µs a hit`,
    };
  });
  return { kind: 'bound', targets };
}

function guardTarget(deps: TargetFinderDeps, located: LocatedBinding): ProbeTarget {
  const { module, siteId, generated, original } = located;
  const { guarded } = module;
  const site = guarded?.sites[siteId];
  const owner = site && guarded?.functions[site.functionIndex];
  if (!guarded || !site || !owner) throw new Error(`site ${siteId} of ${module.path} is not in its record`);
  const values = siteArguments(site, guarded.moduleNames).filter((value) => value.kind !== 'id');
  const breakpoint = { kind: 'breakpoint', url: module.url, line: generated.line, column: generated.column } as const;
  return {
    binding: binding(deps, module, original, { file: deps.display(module.path), ...generated }, 'guard'),
    stand: { kind: 'guard', cell: owner.cell, site: siteId, breakpoint },
    values,
    isOutOfReach: (name) => reach(guarded, site, name).kind === 'unreachable',
  };
}

function binding(
  deps: TargetFinderDeps,
  module: RegisteredModule,
  original: { readonly file: string; readonly line: number; readonly column: number },
  generated: { readonly file: string; readonly line: number; readonly column: number },
  mechanism: Binding['mechanism'],
): Binding {
  const file = deps.display(original.file);
  const moved = file !== generated.file || original.line !== generated.line;
  return {
    file,
    line: original.line,
    column: original.column,
    mechanism,
    ...(moved && { generated }),
    // An original that was bundled with others has no text of its own in this process to take a hash of.
    ...(module.sourceHash !== undefined && original.file === module.path && { sourceHash: module.sourceHash }),
  };
}

/** From the application's folder where the file lies in it: what people recognise. */
export function displayPath(root: string, path: string): string {
  const below = relative(root, path);
  return below === '' || below.startsWith('..') ? path : below.split(sep).join('/');
}
