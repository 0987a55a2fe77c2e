import { type Probe, type ProbeState, probe as probeSchema, type Selector } from '@sonde/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { KeptProbe, ProbeStore } from '../../probes/probe-store.ts';
import type { StateTables } from './state-schema.ts';

export class SqliteProbeStore implements ProbeStore {
  readonly #db: Kysely<StateTables>;

  constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  async insert(kept: KeptProbe): Promise<void> {
    await this.#db
      .insertInto('probes')
      .values((values) => ({
        id: kept.probe.id,
        ordinal: values.selectFrom('probes').select(sql<number>`coalesce(max(ordinal), 0) + 1`.as('next')),
        state: kept.state,
        created_at_ms: kept.createdAtMs,
        created_by: kept.createdBy,
        ended_at_ms: kept.endedAtMs ?? null,
        selector: JSON.stringify(kept.selector),
        definition: JSON.stringify(kept.probe),
      }))
      .execute();
  }

  async end(probeId: string, state: Exclude<ProbeState, 'active'>, atMs: number): Promise<boolean> {
    const result = await this.#db
      .updateTable('probes')
      .set({ state, ended_at_ms: atMs })
      .where('id', '=', probeId)
      .where('state', '=', 'active')
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async get(probeId: string): Promise<KeptProbe | undefined> {
    const row = await this.#db.selectFrom('probes').selectAll().where('id', '=', probeId).executeTakeFirst();
    return row && fromRow(row);
  }

  async list(state: ProbeState | undefined, limit: number): Promise<readonly KeptProbe[]> {
    let query = this.#db.selectFrom('probes').selectAll().orderBy('ordinal', 'desc').limit(limit);
    if (state !== undefined) query = query.where('state', '=', state);
    return (await query.execute()).map(fromRow);
  }

  async purge(endedBeforeMs: number): Promise<void> {
    await this.#db.deleteFrom('probes').where('ended_at_ms', '<', endedBeforeMs).execute();
    for (const table of ['probe_hits', 'probe_reports'] as const) {
      await this.#db
        .deleteFrom(table)
        .where('probe_id', 'not in', (query) => query.selectFrom('probes').select('id'))
        .execute();
    }
  }
}

function fromRow(row: Selectable<StateTables['probes']>): KeptProbe {
  return {
    // Decoded, not merely parsed: what an older server wrote must still be what this one calls a probe.
    probe: probeSchema.decode(JSON.parse(row.definition)) satisfies Probe,
    state: row.state,
    selector: JSON.parse(row.selector) as Selector,
    createdAtMs: row.created_at_ms,
    createdBy: row.created_by,
    ...(row.ended_at_ms !== null && { endedAtMs: row.ended_at_ms }),
  };
}
