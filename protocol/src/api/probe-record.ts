import { explanation } from '../agent/explanation.ts';
import { agentId } from '../probe/identifier.ts';
import { captureLimits } from '../probe/limits.ts';
import { location } from '../probe/location.ts';
import { probe, probeDraft } from '../probe/probe.ts';
import { selector } from '../probe/selector.ts';
import { probeReport } from '../probe/status.ts';
import { integer, number, oneOf, string } from '../schema/scalars.ts';
import type { Infer } from '../schema/schema.ts';
import { array, object, optional } from '../schema/structures.ts';

const instant = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const count = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

export const probeStates = ['active', 'completed', 'expired', 'deleted'] as const;
export type ProbeState = (typeof probeStates)[number];

/** One agent's report on a probe, as the server keeps it after the agent has left. */
export const agentReport = object({ agentId, service: string({ max: 200 }), atMs: instant, report: probeReport });
export type AgentReport = Infer<typeof agentReport>;

/** A probe as the server keeps it. `hits` counts stored events. */
export const probeRecord = object({
  probe,
  state: oneOf(probeStates),
  selector,
  createdAtMs: instant,
  createdBy: string({ max: 200 }),
  endedAtMs: optional(instant),
  hits: count,
  reports: array(agentReport, { max: 100_000 }),
});
export type ProbeRecord = Infer<typeof probeRecord>;

/** What may be said of limits at creation; what is left out takes the kind's default. */
const limitsDraft = object({
  maxHits: optional(integer({ min: 1, max: 1_000_000_000 })),
  maxHitsPerSecond: optional(number({ min: 0.01, max: 10_000_000 })),
  capture: optional(captureLimits),
});

export const createProbeRequest = object({
  draft: probeDraft,
  selector: optional(selector),
  limits: optional(limitsDraft),
  expiresInMs: optional(integer({ min: 1_000, max: 7 * 24 * 3_600_000 })),
});
export type CreateProbeRequest = Infer<typeof createProbeRequest>;

const agentExplanation = object({ agentId, service: string({ max: 200 }), explanation });
export type AgentExplanation = Infer<typeof agentExplanation>;
const agentExplanations = array(agentExplanation, { max: 1_000 });

/** `silent`: agents that match but did not answer in time. */
export const explainResponse = object({
  explanations: agentExplanations,
  silent: array(agentId, { max: 100_000 }),
  matching: integer({ min: 0, max: 10_000_000 }),
});
export type ExplainResponse = Infer<typeof explainResponse>;

export const explainRequest = object({ location, draft: optional(probeDraft), selector: optional(selector) });
export type ExplainRequest = Infer<typeof explainRequest>;

export const createProbeResponse = object({ record: probeRecord, ...explainResponse.fields });
export type CreateProbeResponse = Infer<typeof createProbeResponse>;

export const probeList = object({ probes: array(probeRecord, { max: 10_000 }) });
export type ProbeList = Infer<typeof probeList>;
