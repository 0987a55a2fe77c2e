import type { TokenRecord } from './token.ts';

/** Where tokens are kept. */
export interface AccessStore {
  insert(token: TokenRecord): Promise<void>;
  list(): Promise<readonly TokenRecord[]>;
}
