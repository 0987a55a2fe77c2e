import {
  allGeneratedPositionsFor,
  eachMapping,
  LEAST_UPPER_BOUND,
  originalPositionFor,
} from '@jridgewell/trace-mapping';
import type { Face } from './face.ts';

/** Lines and columns from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SiteOnFace {
  /** Into the module's sites. */
  readonly siteId: number;
  readonly functionIndex: number;
  readonly generated: Position;
  /** In the face's own text. */
  readonly original: Position;
}

/** The guards of a face, in the coordinates of the face. */
export function sitesOn(face: Face): readonly SiteOnFace[] {
  const sites = face.module.guarded?.sites ?? [];
  return sites.flatMap(({ functionIndex, line, column }, siteId): SiteOnFace[] => {
    const generated = { line, column };
    const original = originalOf(face, generated);
    return original === undefined ? [] : [{ siteId, functionIndex, generated, original }];
  });
}

/** Where a line of the face ended up, for whoever stands there by other means than a guard. */
export function generatedPositions(face: Face, line: number, column: number | undefined): readonly Position[] {
  if (face.kind === 'own') {
    return [{ line, column: column ?? 1 }];
  }
  return allGeneratedPositionsFor(face.map, {
    source: face.source,
    line,
    column: (column ?? 1) - 1,
    bias: LEAST_UPPER_BOUND,
  }).map((position) => ({ line: position.line, column: position.column + 1 }));
}

/** The lines of the face that hold code, as far as can be told: those with guards, else those its map mentions. */
export function codeLines(face: Face): readonly number[] {
  const lines = new Set(sitesOn(face).map(({ original }) => original.line));
  if (lines.size === 0 && face.kind === 'original') {
    eachMapping(face.map, (mapping) => {
      if (mapping.source === face.source && mapping.originalLine !== null) {
        lines.add(mapping.originalLine);
      }
    });
  }
  return [...lines];
}

function originalOf(face: Face, generated: Position): Position | undefined {
  if (face.kind === 'own') {
    return generated;
  }
  const found = originalPositionFor(face.map, { line: generated.line, column: generated.column - 1 });
  return found.source === face.source ? { line: found.line, column: found.column + 1 } : undefined;
}
