import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who a token is for. */
export const tokenKinds = ['admin', 'agent'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** A token as it is stored: never itself, only its hash. */
export interface TokenRecord {
  readonly id: string;
  readonly kind: TokenKind;
  readonly name: string;
  /** SHA-256 in hexadecimal. A token is 256 random bits, so a slow password hash would protect nothing more. */
  readonly hash: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** A new secret; its prefix tells people, and scanners of leaked secrets, what it is. */
export function newTokenText(kind: TokenKind): string {
  return `sonde_${kind}_${randomBytes(32).toString('base64url')}`;
}

export function hashToken(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares in constant time. */
export function hasHash(record: TokenRecord, hash: string): boolean {
  const [expected, given] = [Buffer.from(record.hash, 'hex'), Buffer.from(hash, 'hex')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
