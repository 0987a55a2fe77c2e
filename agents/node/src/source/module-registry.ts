import type { TraceMap } from '@jridgewell/trace-mapping';
import type { LoadedModule } from './loaded-module.ts';
import type { OutsideSource, SourceDiagnostic } from './loaded-source.ts';
import { loadSourceMap, sourceMapUrlOf, splitMapComment } from './source-map.ts';

export interface RegisteredModule extends LoadedModule {
  /** Counts up from 1 in the order of loading. */
  readonly order: number;
  /** Whether the file belongs to the application; dependencies and the like are never guarded. */
  readonly own: boolean;
}

export interface ModuleRegistryDeps {
  readonly readText: (path: string) => string | undefined;
  readonly onDiagnostic: (diagnostic: SourceDiagnostic) => void;
}

/**
 * A server that reloads its files in place loads the same ones for ever, and nobody tells which copies still run. More
 * that do run at once than this are hardly to be met.
 */
const maxCopies = 20;

/** The files that were loaded since the agent started, copies of one file apart. */
export class ModuleRegistry {
  readonly #deps: ModuleRegistryDeps;
  readonly #modules: RegisteredModule[] = [];
  /** Oldest first. */
  readonly #copies = new Map<string, RegisteredModule[]>();
  readonly #outside = new Set<string>();
  readonly #maps = new Map<RegisteredModule, TraceMap | undefined>();
  readonly #listeners = new Set<(module: RegisteredModule) => void>();
  #count = 0;

  constructor(deps: ModuleRegistryDeps) {
    this.#deps = deps;
  }

  add(module: LoadedModule): void {
    this.#push({ ...module, order: this.#next(), own: true });
  }

  /** A dependency is one entry, however many copies: only its place in the file matters, to a breakpoint. */
  addOutside(source: OutsideSource): void {
    if (this.#outside.has(source.url)) {
      return;
    }
    this.#outside.add(source.url);
    const order = this.#next();
    this.#push({ ...source, moduleId: `o${order}`, failure: 'outside-application', order, own: false });
  }

  get modules(): readonly RegisteredModule[] {
    return this.#modules;
  }

  /** The copy of the file that was loaded last. */
  newest(path: string): RegisteredModule | undefined {
    return this.#copies.get(path)?.at(-1);
  }

  unguarded(): readonly RegisteredModule[] {
    return this.#modules.filter((module) => module.guarded === undefined);
  }

  /** Calls back for every file from now on; returns what ends it. */
  onAdded(listener: (module: RegisteredModule) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Read at the first call and kept; a broken map is reported once and is no map. */
  sourceMap(module: RegisteredModule): TraceMap | undefined {
    if (!this.#maps.has(module)) {
      this.#maps.set(module, this.#loadMap(module));
    }
    return this.#maps.get(module);
  }

  #loadMap(module: RegisteredModule): TraceMap | undefined {
    const url = module.sourceMapUrl === undefined ? this.#mapUrlOnDisk(module.path) : module.sourceMapUrl;
    if (url == null) {
      return undefined;
    }
    return loadSourceMap(module.url, url, {
      readText: this.#deps.readText,
      onBroken: (message) => this.#deps.onDiagnostic({ code: 'source-map-broken', message, path: module.path }),
    });
  }

  #mapUrlOnDisk(path: string): string | undefined {
    const text = this.#deps.readText(path);
    return text === undefined ? undefined : sourceMapUrlOf(splitMapComment(text).comment);
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #push(module: RegisteredModule): void {
    this.#modules.push(module);
    const copies = this.#copies.get(module.path) ?? [];
    this.#copies.set(module.path, copies);
    copies.push(module);
    if (copies.length > maxCopies) this.#forget(copies.shift());
    for (const listener of this.#listeners) {
      listener(module);
    }
  }

  #forget(module: RegisteredModule | undefined): void {
    if (module === undefined) return;
    this.#modules.splice(this.#modules.indexOf(module), 1);
    this.#maps.delete(module);
    this.#outside.delete(module.url);
  }
}
