import { sourceContentFor } from '@jridgewell/trace-mapping';
import type { Face } from './face.ts';
import { hashText } from './source-hash.ts';

export interface TextReader {
  readText(path: string): string | undefined;
}

/** The text a person sees under the name of the face: from the map if it carries it, else from disk as it is now. */
export function textOf(face: Face, files: TextReader): string | undefined {
  const carried = face.kind === 'original' ? sourceContentFor(face.map, face.source) : null;
  return carried ?? files.readText(face.path);
}

/**
 * SHA-256 of the text the running code was made from. For a file that was loaded itself, the text it had on disk then;
 * for an original behind a map, the text in the map, or, if the map has none, the text on disk now.
 */
export function hashOf(face: Face, files: TextReader): string | undefined {
  if (face.path === face.module.path && face.module.sourceHash !== undefined) {
    return face.module.sourceHash;
  }
  const text = textOf(face, files);
  return text === undefined ? undefined : hashText(text);
}
