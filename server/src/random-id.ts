import { randomBytes } from 'node:crypto';

/** Makes ids such as `p_` and 25 letters and digits: 128 random bits that nobody can guess. */
export type IdSource = (prefix: 'p' | 's' | 'k' | 't') => string;

/** 16 bytes as 25 letters and digits. */
export function base36(bytes: Uint8Array): string {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
    .toString(36)
    .padStart(25, '0');
}

export const randomId: IdSource = (prefix) => `${prefix}_${base36(randomBytes(16))}`;
