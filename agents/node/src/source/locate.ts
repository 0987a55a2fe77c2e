import { chooseSites } from './choose-sites.ts';
import { mayHoldCode } from './code-on-line.ts';
import { type Face, facesOf } from './face.ts';
import { codeLines, generatedPositions, type Position, sitesOn } from './face-lines.ts';
import type { ModuleRegistry, RegisteredModule } from './module-registry.ts';
import { textOf } from './original-text.ts';
import { type MatchGrade, matchGrades, matchPath, type PathRules, shortestDistinguishing } from './path-match.ts';
import { similarNames } from './similar-names.ts';
import type { SourceFiles } from './source-files.ts';

export interface LocateRequest {
  /** As a person or an editor names it: any end of a path, or a whole path, from this machine or another. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export interface Binding {
  readonly module: RegisteredModule;
  /** Into the module's sites. */
  readonly siteId: number;
  readonly generated: Position;
  readonly original: Position & { readonly file: string };
}

export interface ModulePosition extends Position {
  readonly module: RegisteredModule;
}

/** The nearest lines with code, in the file the request names. */
export interface NearestLines {
  readonly above?: number;
  readonly below?: number;
}

export type Location =
  /** Guards stand there: in every copy of the file, and in everything a compiler made of the line. */
  | { readonly kind: 'bound'; readonly file: string; readonly bindings: readonly Binding[] }
  /** Loaded, and not a blank line, but without a guard. `positions` may be empty. */
  | {
      readonly kind: 'unguarded';
      readonly file: string;
      readonly reason: string;
      readonly positions: readonly ModulePosition[];
      readonly nearest: NearestLines;
    }
  | { readonly kind: 'no-code'; readonly file: string; readonly nearest: NearestLines }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly kind: 'not-loaded'; readonly file: string }
  /** `searchedAll` is false when the search on disk reached its bound first. */
  | { readonly kind: 'unknown'; readonly candidates: readonly string[]; readonly searchedAll: boolean };

/** Finds what a line of a file has become in this process. Guesses nothing: what fits several files is `ambiguous`. */
export function locate(registry: ModuleRegistry, files: SourceFiles, request: LocateRequest): Location {
  const faces = registry.modules.flatMap((module) => facesOf(registry, module));
  const loaded = bestMatches(faces, request.file, files);
  if (loaded !== undefined && loaded.grade !== 'covers') {
    return inLoaded(loaded.matches, files, request);
  }
  // Before the end of somebody else's path is taken for one of ours: is there a file that fits better?
  const onDisk = files.list();
  const present = bestMatches(
    onDisk.paths.map((path) => ({ path })),
    request.file,
    files,
  );
  if (present !== undefined && (loaded === undefined || present.grade !== 'covers')) {
    return present.paths.length === 1 ? { kind: 'not-loaded', file: present.paths[0] ?? '' } : ambiguous(present.paths);
  }
  if (loaded !== undefined) {
    return inLoaded(loaded.matches, files, request);
  }
  const known = faces.filter(({ module }) => module.own).map(({ path }) => path);
  return {
    kind: 'unknown',
    candidates: shortestDistinguishing(similarNames(request.file, [...known, ...onDisk.paths])),
    searchedAll: onDisk.complete,
  };
}

/** Whether a module may be what a name means: what is found for the name can change when it is loaded. */
export function concerns(registry: ModuleRegistry, module: RegisteredModule, name: string, rules: PathRules): boolean {
  return facesOf(registry, module).some(({ path }) => matchPath(name, path, rules) !== undefined);
}

interface Matches<T> {
  readonly grade: MatchGrade;
  readonly matches: readonly T[];
  readonly paths: readonly string[];
}

function bestMatches<T extends { readonly path: string }>(
  candidates: readonly T[],
  name: string,
  files: SourceFiles,
): Matches<T> | undefined {
  const graded = candidates.map((candidate) => ({ candidate, grade: matchPath(name, candidate.path, files) }));
  const grade = matchGrades.find((best) => graded.some((match) => match.grade === best));
  if (grade === undefined) {
    return undefined;
  }
  const equal = graded.filter((match) => match.grade === grade).map(({ candidate }) => candidate);
  // Of paths that all end the name, the longest explains most of it.
  const longest = grade === 'covers' ? Math.max(...equal.map(({ path }) => path.length)) : 0;
  const matches = equal.filter(({ path }) => path.length >= longest);
  return { grade, matches, paths: [...new Set(matches.map(({ path }) => path))] };
}

function ambiguous(paths: readonly string[]): Location {
  return { kind: 'ambiguous', candidates: shortestDistinguishing(paths) };
}

function inLoaded(faces: readonly Face[], files: SourceFiles, request: LocateRequest): Location {
  const [face, ...others] = faces;
  if (face === undefined || others.some(({ path }) => path !== face.path)) {
    return ambiguous([...new Set(faces.map(({ path }) => path))]);
  }
  const bindings = faces.flatMap((copy) => bindingsIn(copy, request));
  if (bindings.length > 0) {
    return { kind: 'bound', file: face.path, bindings };
  }
  const nearest = nearestLines(faces, request.line);
  const text = textOf(face, files);
  const positions = faces.flatMap((copy) => positionsIn(copy, request));
  if (text === undefined || !mayHoldCode(text, request.line) || positions.length === 0) {
    return { kind: 'no-code', file: face.path, nearest };
  }
  return { kind: 'unguarded', file: face.path, reason: reasonFor(faces, positions), positions, nearest };
}

function bindingsIn(face: Face, { line, column }: LocateRequest): readonly Binding[] {
  return chooseSites(sitesOn(face), line, column).map(({ siteId, generated, original }) => ({
    module: face.module,
    siteId,
    generated,
    original: { ...original, file: face.path },
  }));
}

function positionsIn(face: Face, { line, column }: LocateRequest): readonly ModulePosition[] {
  return generatedPositions(face, line, column).map((position) => ({ ...position, module: face.module }));
}

function nearestLines(faces: readonly Face[], line: number): NearestLines {
  const lines = faces.flatMap(codeLines);
  const above = Math.max(...lines.filter((candidate) => candidate < line));
  const below = Math.min(...lines.filter((candidate) => candidate > line));
  return { ...(Number.isFinite(above) ? { above } : {}), ...(Number.isFinite(below) ? { below } : {}) };
}

/** Why no guard: the file has none at all, its line lies in a part that was left out, or nothing starts on the line. */
function reasonFor(faces: readonly Face[], positions: readonly ModulePosition[]): string {
  const failure = faces.map(({ module }) => module.failure).find((reason) => reason !== undefined);
  if (failure !== undefined) {
    return failure;
  }
  for (const { module, line } of positions) {
    const range = module.guarded?.skipped.find((skipped) => skipped.line <= line && line <= skipped.endLine);
    if (range !== undefined) {
      return range.reason;
    }
  }
  return 'no-statement-starts-here';
}
