import type { Clock } from '../clock.ts';
import type { IdSource } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { AccessStore } from './access-store.ts';
import { hasHash, hashToken, newTokenText, type TokenKind, type TokenRecord } from './token.ts';

const dayMs = 24 * 3_600_000;
/** Tokens always end; a server that is started after that makes new ones. */
const lifetimeMs = 365 * dayMs;

interface AccessDeps {
  readonly store: AccessStore;
  readonly clock: Clock;
  readonly newId: IdSource;
}

/** Knows the tokens. They are few and every call needs one, so they are held in memory. */
export class AccessService {
  readonly #deps: AccessDeps;
  #tokens: readonly TokenRecord[] = [];

  constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    this.#tokens = await this.#deps.store.list();
  }

  /** Makes a token; the text it answers is nowhere else and cannot be had again. */
  async issue(kind: TokenKind, name: string): Promise<string> {
    const text = newTokenText(kind);
    const createdAtMs = this.#deps.clock.now();
    const expiresAtMs = createdAtMs + lifetimeMs;
    const record = { id: this.#deps.newId('t'), kind, name, hash: hashToken(text), createdAtMs, expiresAtMs };
    await this.#deps.store.insert(record);
    await this.load();
    return text;
  }

  /** Answers the token's record, or refuses one that is missing, unknown, over, or of another kind. */
  authenticate(authorization: string | undefined, kind: TokenKind): TokenRecord {
    const where = `send "Authorization: Bearer sonde_${kind}_…"`;
    const text = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (text === undefined) throw new Refusal('token.missing', `This call needs the token of an ${kind}: ${where}`);
    const token = this.find(text);
    if (!token) throw new Refusal('token.unknown', `The server does not know this token: ${where}`);
    if (token.expiresAtMs <= this.#deps.clock.now()) {
      const end = new Date(token.expiresAtMs).toISOString();
      throw new Refusal('token.expired', `The token "${token.name}" ended at ${end}: ask for a new one`);
    }
    if (token.kind !== kind) {
      throw new Refusal(
        'token.scope',
        `This is the token of an ${token.kind}; this call needs the token of an ${kind}`,
      );
    }
    return token;
  }

  /** Whether this text would be let in as that kind now. */
  accepts(text: string, kind: TokenKind): boolean {
    const token = this.find(text);
    return token !== undefined && token.kind === kind && token.expiresAtMs > this.#deps.clock.now();
  }

  private find(text: string): TokenRecord | undefined {
    const hash = hashToken(text);
    return this.#tokens.find((token) => hasHash(token, hash));
  }
}
