import type { AccessStore } from './access-store.ts';
import type { TokenRecord } from './token.ts';

export class FakeAccessStore implements AccessStore {
  readonly #tokens: TokenRecord[] = [];

  async insert(token: TokenRecord): Promise<void> {
    if (this.#tokens.some((other) => other.id === token.id)) throw new Error(`token ${token.id} exists`);
    this.#tokens.push(token);
  }

  async list(): Promise<readonly TokenRecord[]> {
    return [...this.#tokens];
  }
}
