import { pathToFileURL } from 'node:url';
import { isTypeScript, type LoadResultDeps, stripped } from './load-result.ts';
import { type ModuleKind, messageOf } from './loaded-source.ts';
import type { Compile, ModuleHost } from './module-host.ts';
import { kindBySyntax } from './module-syntax.ts';

export interface CompileHookDeps extends LoadResultDeps {
  /** Whether a load hook has already put guards into this text. */
  readonly isGuarded: (path: string, content: string) => boolean;
  /** Whether an ES module has been imported: requiring it then gives that module, and this text is not compiled. */
  readonly isImported: (url: string) => boolean;
}

/**
 * CommonJS on every version: whatever an extension hook (tsx, ts-node, pirates) made of a file is what arrives here.
 * A required ES module arrives here too, before Node hands it to its other loader.
 * Returns what undoes it.
 */
export function hookCompile(host: ModuleHost, deps: CompileHookDeps): () => void {
  const original = host.prototype._compile;
  const hooked: Compile = function _compile(content, filename, format) {
    const replaced = replacement(content, filename, format, deps);
    return original.call(this, replaced.content, filename, replaced.format);
  };
  host.prototype._compile = hooked;
  return () => {
    // Somebody may have wrapped ours in the meantime; taking it out from under them would take theirs out too.
    if (host.prototype._compile === hooked) {
      host.prototype._compile = original;
    }
  };
}

interface CompileInput {
  readonly content: string;
  readonly format: string | undefined;
}

function replacement(
  content: string,
  filename: string,
  format: string | undefined,
  deps: CompileHookDeps,
): CompileInput {
  const unchanged = { content, format };
  try {
    const path = withoutQuery(filename);
    if (typeof content !== 'string' || deps.isGuarded(path, content)) {
      return unchanged;
    }
    const url = pathToFileURL(path).href;
    if (!deps.shouldGuard(path)) {
      deps.onOutside({ path, url, moduleKind: declaredKind(format) ?? 'commonjs' });
      return unchanged;
    }
    const code = isTypeScript(format) ? stripped(content, path, url, deps) : content;
    if (code === undefined) {
      return unchanged;
    }
    const moduleKind = declaredKind(format) ?? kindBySyntax(code);
    if (moduleKind === 'module' && deps.isImported(url)) {
      return unchanged;
    }
    const output = deps.onSource({ path, url, moduleKind, code });
    // A format that Node would still have to find out stays open, unless the types are gone and it must be named.
    return output === undefined ? unchanged : { content: output, format: isTypeScript(format) ? moduleKind : format };
  } catch (error) {
    deps.onDiagnostic({ code: 'hook-failed', message: messageOf(error), path: filename });
    return unchanged;
  }
}

function declaredKind(format: string | undefined): ModuleKind | undefined {
  switch (format) {
    case 'module':
    case 'module-typescript':
      return 'module';
    case 'commonjs':
    case 'commonjs-typescript':
      return 'commonjs';
    default:
      return undefined;
  }
}

/** tsx names a module `file.ts?namespace=…` in the CommonJS loader. */
function withoutQuery(filename: string): string {
  const query = filename.indexOf('?');
  return query === -1 ? filename : filename.slice(0, query);
}
