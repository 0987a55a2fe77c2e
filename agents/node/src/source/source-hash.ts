import { createHash } from 'node:crypto';

/** SHA-256, in hex, of a text as it stands in its file (UTF-8). */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
