import type { LoadedModule } from './loaded-module.ts';
import type { LoadedSource } from './loaded-source.ts';

/**
 * What the load hook has put guards into. Some paths through the loader take such a text on to `_compile` and some do
 * not, by version and by who else registered hooks; a second set of guards must not happen.
 */
export class GuardedSources {
  readonly #texts = new Map<string, string>();
  readonly #modules = new Set<string>();

  remember(source: LoadedSource, output: string | undefined): string | undefined {
    if (source.moduleKind === 'module') {
      this.#modules.add(source.url);
    } else if (output !== undefined) {
      this.#texts.set(source.path, output);
    }
    return output;
  }

  /** From the hooks thread comes no text, but the name of a cell: it stands in the text and nowhere else. */
  rememberModule(module: LoadedModule): void {
    const cell = module.guarded?.functions[0]?.cell;
    if (module.moduleKind === 'module') {
      this.#modules.add(module.url);
    } else if (cell !== undefined) {
      this.#texts.set(module.path, cell);
    }
  }

  hasText(path: string, content: string): boolean {
    const text = this.#texts.get(path);
    return text !== undefined && content.includes(text);
  }

  hasModule(url: string): boolean {
    return this.#modules.has(url);
  }
}
