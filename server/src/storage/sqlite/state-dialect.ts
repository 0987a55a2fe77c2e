import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Connection, SqlValue, Statement } from './connection.ts';
import type { Writer } from './writer.ts';

/**
 * Kysely on the running server: reads on a connection of the serving thread, writes through the writer thread. Each
 * statement stands for itself; a transaction of several would hold up every batch while it waits for its next one.
 */
export function stateDialect(reader: Connection, writer: Writer): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SplitDriver(new SplitConnection(reader, writer)),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

class SplitDriver implements Driver {
  readonly #connection: SplitConnection;

  constructor(connection: SplitConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error('the state store writes single statements');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  /** The connection belongs to who opened it. */
  async destroy(): Promise<void> {}
}

class SplitConnection implements DatabaseConnection {
  readonly #reader: Connection;
  readonly #writer: Writer;
  readonly #statements = new Map<string, Statement>();

  constructor(reader: Connection, writer: Writer) {
    this.#reader = reader;
    this.#writer = writer;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = compiled.parameters as readonly SqlValue[];
    if (SelectQueryNode.is(compiled.query)) {
      return { rows: this.prepared(compiled.sql).all(...parameters) as R[] };
    }
    const { rows, changes } = await this.#writer.execute(compiled.sql, parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  streamQuery(): never {
    throw new Error('the state store reads whole results');
  }

  private prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#reader.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
