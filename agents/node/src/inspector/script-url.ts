import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * A pattern for the names under which V8 may know the script: modules by file URL, scripts compiled by hand often by
 * path. Anything that is not a file is matched as it is.
 */
export function scriptUrlPattern(url: string): string {
  return `^(?:${[...new Set(namesOf(url))].map(literally).join('|')})$`;
}

function namesOf(url: string): string[] {
  try {
    // With its query: two imports with different queries are two modules.
    if (url.startsWith('file:')) return url.includes('?') ? [url] : [url, fileURLToPath(url)];
    if (isAbsolute(url)) return [url, pathToFileURL(url).href];
  } catch {
    // A file URL with a host or an encoded slash names no path here; then the URL itself is all there is.
  }
  return [url];
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
