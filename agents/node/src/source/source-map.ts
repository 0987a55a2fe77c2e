import { fileURLToPath } from 'node:url';
import { AnyMap, type TraceMap } from '@jridgewell/trace-mapping';
import { pathOfUrl } from './path-match.ts';

export interface SourceMapDeps {
  readonly readText: (path: string) => string | undefined;
  readonly onBroken: (message: string) => void;
}

/**
 * A text and the `sourceMappingURL` comment at its end, which may be many times as long. The comment is empty where
 * there is none: a mention in the middle of the program (a string, a bundler's own source) has code behind it.
 */
export function splitMapComment(code: string): { readonly body: string; readonly comment: string } {
  const start = Math.max(code.lastIndexOf('//# sourceMappingURL='), code.lastIndexOf('//@ sourceMappingURL='));
  const comment = start === -1 ? '' : code.slice(start);
  return /^(?:\/\/[^\n]*\s*)+$/.test(comment) ? { body: code.slice(0, start), comment } : { body: code, comment: '' };
}

/** The map that such a comment names. Copied, since a slice would keep the whole text alive. */
export function sourceMapUrlOf(comment: string): string | undefined {
  const url = /^\/\/[#@] sourceMappingURL=(\S+)/.exec(comment)?.[1];
  return url === undefined ? undefined : Buffer.from(url).toString();
}

/** Reads external, inline (base64 or percent-encoded) and indexed maps. A map that cannot be read is no map. */
export function loadSourceMap(moduleUrl: string, mapUrl: string, deps: SourceMapDeps): TraceMap | undefined {
  try {
    const inline = mapUrl.startsWith('data:');
    const location = inline ? moduleUrl : new URL(mapUrl, moduleUrl).href;
    const text = inline ? decodeDataUrl(mapUrl) : readMap(location, deps);
    // Some tools put a line in front against cross-site inclusion.
    const json: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
    return new AnyMap(json as ConstructorParameters<typeof AnyMap>[0], location);
  } catch (error) {
    deps.onBroken(`source map of ${moduleUrl}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** A source of a map as a path where it is one; bundlers also name sources with schemes of their own. */
export function originalPath(source: string): string {
  if (source.startsWith('file:')) {
    return pathOfUrl(source);
  }
  return source.replace(/^[a-z][a-z+.-]*:\/\/(?:[^/]*\/)?/i, '').replace(/^(?:\.\/)+/, '');
}

function readMap(location: string, deps: SourceMapDeps): string {
  if (!location.startsWith('file:')) {
    throw new Error(`${location} is not a file`);
  }
  const text = deps.readText(fileURLToPath(location));
  if (text === undefined) {
    throw new Error(`${location} cannot be read`);
  }
  return text;
}

/** The text in a `data:` URL, base64 or percent-encoded. */
export function decodeDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(';base64')
    ? Buffer.from(body, 'base64').toString('utf8')
    : decodeURIComponent(body);
}
