import type { ApiClient } from '@sonde/api-client';
import { prove } from '../prove.ts';
import type { TargetProcess } from '../target-process.ts';
import type { Arrivals } from './arrivals.ts';

/** Milliseconds from the call that creates a probe. */
export interface Creation {
  /** Until the line was hit for the first time. */
  readonly armedMs: number;
  /** Until what that hit sent was with whoever follows the live tail. */
  readonly seenMs: number;
}

export interface CreationDeps {
  readonly client: ApiClient;
  readonly arrivals: Arrivals;
  readonly location: { readonly file: string; readonly line: number };
  /** What the target's clock shows more than this process's, in milliseconds. */
  readonly offsetMs: number;
}

/** Places a probe that ends with its first hit, and waits for that. */
export async function createProbe({ client, arrivals, location, offsetMs }: CreationDeps): Promise<Creation> {
  const template = 'request {request} is answered with {answer}';
  const startedMs = epochMs();
  const { record, explanations } = await client.createProbe({
    body: { draft: { kind: 'log', location, template, level: 'info' }, limits: { maxHits: 1 } },
  });
  const mechanisms = explanations.flatMap(({ explanation }) => explanation.bindings.map(({ mechanism }) => mechanism));
  prove('how the probe stands', mechanisms, ['guard']);
  const { event, atMs } = await arrivals.first(record.probe.id);
  const [, request, answer] =
    /^request (\d+) is answered with (\d+)$/.exec(event.kind === 'log' ? event.message : '') ?? [];
  if (request === undefined || Number(answer) !== Number(request) * 2)
    throw new Error(`wrong: ${JSON.stringify(event)}`);
  const hitMs = Number(BigInt(event.timeNs) / 1_000n) / 1_000;
  return { armedMs: hitMs - offsetMs - startedMs, seenMs: atMs - startedMs };
}

/** How far the clocks of two processes are apart: each reads the wall clock once, when it starts, and counts from there. */
export async function clockOffset(target: TargetProcess, readings: number): Promise<number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let reading = 0; reading < readings; reading++) {
    const beforeMs = epochMs();
    const { epochMs: there } = await target.ask<{ epochMs: number }>('clock');
    const roundTripMs = epochMs() - beforeMs;
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, offsetMs: there - beforeMs - roundTripMs / 2 };
  }
  return best.offsetMs;
}

export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
