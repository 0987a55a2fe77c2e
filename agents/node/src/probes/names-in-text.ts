import type { Site } from '../instrument/site.ts';
import type { RegisteredModule } from '../source/module-registry.ts';
import type { SourceFiles } from '../source/source-files.ts';
import type { GuardModule } from '../source/source-guard.ts';
import type { NamesInText } from './find-targets.ts';

/**
 * The names that can be read on a line of a file that runs without guards: its text is analysed as if it were to be
 * guarded, and the result thrown away. Empty where the text is gone or too dense to tell; expressions still reach every
 * name that V8 sees there.
 */
export function namesInText(files: Pick<SourceFiles, 'readText'>, guardModule: () => GuardModule): NamesInText {
  return (module, line) => {
    const code = files.readText(module.path);
    if (code === undefined) return [];
    const site = nearestSite(analyse(guardModule, module, code), line);
    return site ? [...site.names, ...site.outer, ...site.deferred, ...(site.hasThis ? ['this'] : [])] : [];
  };
}

function analyse(guardModule: () => GuardModule, { moduleKind }: RegisteredModule, code: string): readonly Site[] {
  try {
    return guardModule()({ code, moduleKind, moduleId: 'names' }).sites;
  } catch {
    // Not JavaScript as it stands on disk, TypeScript for one: nothing can be told.
    return [];
  }
}

/** The statement of the line, or the one before it: what was in reach there is in reach here. */
function nearestSite(sites: readonly Site[], line: number): Site | undefined {
  return sites.findLast((site) => site.line <= line);
}
