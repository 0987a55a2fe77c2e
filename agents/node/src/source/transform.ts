import { type GuardedModule, type GuardInput, guardModule as guardLines } from '../instrument/guard-module.ts';
import { TransformError } from '../instrument/transform-error.ts';
import { reline } from './reline.ts';
import { decodeDataUrl, sourceMapUrlOf, splitMapComment } from './source-map.ts';
import { statementStarts } from './statement-starts.ts';

/**
 * Puts guards into a file as it comes from the loader, its map included. The map is taken off before: an inline one is
 * often longer than the code, need not be parsed, and makes the file look minified. `code` ends with a map that fits it.
 * @throws TransformError
 */
export function guardModule(input: GuardInput): GuardedModule {
  const { body, comment } = splitMapComment(input.code);
  const mapped = relined(body, comment, input);
  const guarded = guardLines({ ...input, code: mapped.body });
  return { ...guarded, code: guarded.code + mapped.comment };
}

interface Commented {
  readonly body: string;
  readonly comment: string;
}

function relined(body: string, comment: string, { moduleKind }: GuardInput): Commented {
  const url = sourceMapUrlOf(comment);
  // Only a map inside the file can be replaced with it, and only a compiler in the loader writes such maps.
  if (!url?.startsWith('data:')) {
    return { body, comment };
  }
  try {
    const input = { code: body, map: decodeDataUrl(url) };
    const output = reline(input, () => statementStarts(body, moduleKind));
    return output === input ? { body, comment } : { body: output.code, comment: withMap(comment, output.map) };
  } catch (error) {
    if (error instanceof TransformError) {
      throw error;
    }
    // A map that cannot be read is no map: the code is guarded as it stands.
    return { body, comment };
  }
}

function withMap(comment: string, map: string): string {
  const url = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  return comment.replace(/(sourceMappingURL=)\S+/, (_, name: string) => name + url);
}
