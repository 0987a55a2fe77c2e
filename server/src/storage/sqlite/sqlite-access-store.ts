import type { Kysely } from 'kysely';
import type { AccessStore } from '../../access/access-store.ts';
import type { TokenRecord } from '../../access/token.ts';
import type { StateTables } from './state-schema.ts';

export class SqliteAccessStore implements AccessStore {
  readonly #db: Kysely<StateTables>;

  constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  async insert(token: TokenRecord): Promise<void> {
    const { id, kind, name, hash, createdAtMs, expiresAtMs } = token;
    await this.#db
      .insertInto('tokens')
      .values({ id, kind, name, hash, created_at_ms: createdAtMs, expires_at_ms: expiresAtMs })
      .execute();
  }

  async list(): Promise<readonly TokenRecord[]> {
    const rows = await this.#db.selectFrom('tokens').selectAll().orderBy('created_at_ms').orderBy('id').execute();
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      hash: row.hash,
      createdAtMs: row.created_at_ms,
      expiresAtMs: row.expires_at_ms,
    }));
  }
}
