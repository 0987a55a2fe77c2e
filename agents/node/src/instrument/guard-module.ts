import { Edits } from './edits.ts';
import { accessorParameter, accessorText, guardText } from './guard-text.ts';
import { type AssembledSite, assemble } from './guarded-functions.ts';
import { type ModuleKind, parseModule } from './parse.ts';
import { Placement } from './placement.ts';
import type { Scope } from './scope.ts';
import type { Frame, GuardedFunction, Site } from './site.ts';
import { SiteCollector } from './site-collector.ts';
import type { SkippedRange, SkipReason } from './skipped-range.ts';
import { SourceText } from './source-text.ts';
import { TransformError } from './transform-error.ts';
import { Walk } from './walk.ts';

export interface GuardInput {
  /** JavaScript; types are already replaced by blanks. A `sourceMappingURL` comment stays where it is. */
  readonly code: string;
  /** `commonjs`: the text inside Node's function wrapper. */
  readonly moduleKind: ModuleKind;
  /** `[a-z0-9]+`, unique in the process: part of the name of every cell. */
  readonly moduleId: string;
}

export interface GuardedModule {
  readonly code: string;
  readonly functions: readonly GuardedFunction[];
  /** A site's id is its index. In the order of the source; at most one a line. */
  readonly sites: readonly Site[];
  /** What the module's accessor can read: imports, exports, and variables that some function captures anyway. */
  readonly moduleNames: readonly string[];
  readonly frames: readonly Frame[];
  readonly skipped: readonly SkippedRange[];
}

/** Of a file with a longer mean line nearly every statement shares its line with others. */
const longestMeanLine = 300;
const ownGuard = /typeof __sonde_[a-z0-9]+_\d+==='function'/;

/**
 * Compiles a dormant guard in before the first statement of each line, where no token has to move for it.
 * Nothing of the code is changed, and no line or column of a statement, call or throw. Where a file or a function must stay
 * as it is, `skipped` says why.
 * @throws TransformError only; the caller then runs the original
 */
export function guardModule(input: GuardInput): GuardedModule {
  if (ownGuard.test(input.code)) throw new TransformError('already-guarded', 'the code already has guards');
  try {
    return isMinified(input.code) ? unguarded(input.code, 'minified') : transform(input);
  } catch (error) {
    if (error instanceof TransformError) throw error;
    // For example a stack overflow on an expression nested thousands deep.
    throw new TransformError('internal', `could not place guards: ${String(error)}`, error);
  }
}

function transform({ code, moduleKind, moduleId }: GuardInput): GuardedModule {
  const { program, comments, insertedSemicolons } = parseModule(code, moduleKind);
  const text = new SourceText(code, comments);
  const placement = new Placement(text, insertedSemicolons);
  const edits = new Edits();
  const collector = new SiteCollector(code, placement, edits);
  const walk = new Walk(program, code, moduleKind, collector);
  walk.run();

  const moduleNames = namesForAccessor(walk.moduleScope);
  const { functions, sites, frames, skipped } = assemble({
    text,
    units: walk.units,
    pending: collector.sites,
    moduleScope: walk.moduleScope,
    moduleNames,
    cellPrefix: `__sonde_${moduleId}_`,
  });
  if (sites.length === 0) return { code, functions, sites: [], moduleNames: [], frames, skipped };

  const accessor = `__sonde_${moduleId}_m`;
  for (const [id, assembled] of sites.entries()) {
    write(assembled, id, functions[assembled.site.functionIndex]?.cell ?? '', moduleNames, accessor);
  }
  if (moduleNames.length > 0) {
    const { offset, needsSemicolon } = placement.atEnd();
    edits.reserve(offset, `${needsSemicolon ? ';' : ''}${accessorText(accessor, moduleNames)}`);
  }
  return { code: edits.apply(code), functions, sites: sites.map(({ site }) => site), moduleNames, frames, skipped };
}

function write(
  { site, pending }: AssembledSite,
  id: number,
  cell: string,
  moduleNames: readonly string[],
  accessor: string,
): void {
  const { check, call } = guardText(site, id, cell, moduleNames, accessor);
  const { opening, wrap, needsSemicolon } = pending;
  if (wrap?.kind === 'parentheses') {
    opening.text = `(${check}&&${call},`;
    wrap.closing.text = ')';
  } else if (wrap?.kind === 'braces') {
    opening.text = `{if(${check})${call};`;
    wrap.closing.text = '}';
  } else {
    opening.text = `${needsSemicolon ? ';' : ''}if(${check})${call};`;
  }
}

/**
 * Only what lives outside the stack already: a variable that only the top level uses would otherwise be kept alive, with
 * all it refers to, for as long as the module.
 */
function namesForAccessor(moduleScope: Scope): readonly string[] {
  return [...moduleScope.variables.values()]
    .filter(({ kind, captured, exported }) => kind !== 'hidden' && (captured || exported || kind === 'import'))
    .map(({ name }) => name)
    .filter((name) => name !== accessorParameter);
}

function isMinified(code: string): boolean {
  const lines = code.split('\n').length;
  return code.length / lines > longestMeanLine;
}

function unguarded(code: string, reason: SkipReason): GuardedModule {
  const skipped = [{ line: 1, endLine: code.split('\n').length, reason }];
  return { code, functions: [], sites: [], moduleNames: [], frames: [], skipped };
}
