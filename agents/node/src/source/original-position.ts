import { originalPositionFor } from '@jridgewell/trace-mapping';
import type { ModuleRegistry } from './module-registry.ts';
import { originalPath } from './source-map.ts';

export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a position of the running code is in its author's source; itself where no map says otherwise. From 1. */
export function originalPosition(registry: ModuleRegistry, position: SourcePosition): SourcePosition {
  const module = registry.newest(position.file);
  const map = module?.own && registry.sourceMap(module);
  if (!map) return position;
  const found = originalPositionFor(map, { line: position.line, column: position.column - 1 });
  if (found.source === null) return position;
  return { file: originalPath(found.source), line: found.line, column: found.column + 1 };
}
