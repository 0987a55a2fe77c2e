import type { AgentReport } from '@sonde/protocol';
import type { Kysely } from 'kysely';
import type { ProbeActivity } from '../../probes/probe-activity.ts';
import type { StateTables } from './state-schema.ts';

/** Ids in one statement: SQLite takes 32,766 parameters, and few different statements keep its cache small. */
const chunk = 500;

/** Hits and reports, which batches have written, of these probes. */
export async function readActivity(
  db: Kysely<StateTables>,
  probeIds: readonly string[],
): Promise<ReadonlyMap<string, ProbeActivity>> {
  const found = new Map<string, { hits: number; reports: AgentReport[] }>();
  const entry = (probeId: string) => {
    const activity = found.get(probeId) ?? { hits: 0, reports: [] };
    found.set(probeId, activity);
    return activity;
  };
  for (let start = 0; start < probeIds.length; start += chunk) {
    const ids = probeIds.slice(start, start + chunk);
    const hits = await db.selectFrom('probe_hits').selectAll().where('probe_id', 'in', ids).execute();
    for (const row of hits) entry(row.probe_id).hits = row.hits;
    const reports = await db.selectFrom('probe_reports').selectAll().where('probe_id', 'in', ids).execute();
    for (const row of reports) {
      const { agent_id: agentId, service, at_ms: atMs } = row;
      entry(row.probe_id).reports.push({ agentId, service, atMs, report: JSON.parse(row.report) });
    }
  }
  return found;
}
