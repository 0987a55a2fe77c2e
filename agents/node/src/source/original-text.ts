import { sourceContentFor } from '@jridgewell/trace-mapping';
import type { Face } from './face.ts';

export interface TextReader {
  readText(path: string): string | undefined;
}

/** The text a person sees under the name of the face: from the map if it carries it, else from disk as it is now. */
export function textOf(face: Face, files: TextReader): string | undefined {
  const carried = face.kind === 'original' ? sourceContentFor(face.map, face.source) : null;
  return carried ?? files.readText(face.path);
}
