import type { TraceMap } from '@jridgewell/trace-mapping';
import type { ModuleRegistry, RegisteredModule } from './module-registry.ts';
import { originalPath } from './source-map.ts';

/** A file a person may name, as it lives in a loaded module: the module's own file, or an original its map names. */
export type Face =
  | { readonly kind: 'own'; readonly module: RegisteredModule; readonly path: string }
  | {
      readonly kind: 'original';
      readonly module: RegisteredModule;
      readonly path: string;
      readonly map: TraceMap;
      /** As the map's functions want it named. */
      readonly source: string;
    };

export function facesOf(registry: ModuleRegistry, module: RegisteredModule): readonly Face[] {
  const own: Face = { kind: 'own', module, path: module.path };
  // Reading a thousand dependencies for their maps would hold up the application; their own files are enough.
  const map = module.own ? registry.sourceMap(module) : undefined;
  if (map === undefined) {
    return [own];
  }
  const originals = map.resolvedSources.flatMap((source): Face[] =>
    source ? [{ kind: 'original', module, path: originalPath(source), map, source }] : [],
  );
  // tsx compiles a file in place: its map names the file itself, and a person means the text they see.
  return originals.some(({ path }) => path === module.path) ? originals : [own, ...originals];
}
