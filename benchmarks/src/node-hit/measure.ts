import { prove } from '../prove.ts';
import { median } from '../statistics.ts';
import { expectedSum, type Subject } from './subject.ts';
import type { RunningVariant, Variant } from './variant.ts';

/** What one process gave, in nanoseconds of one call. */
export interface Measured {
  /** The median slice, by the wall clock: the calls alone. */
  readonly inLineNs: number;
  /** All that the thread spent, with what the calls leave behind for it to do; undefined where they leave nothing. */
  readonly totalNs: number | undefined;
}

/** How much is run in one process. */
export interface Amounts {
  readonly warmCalls: number;
  readonly provenCalls: number;
  readonly settleSlices: number;
  readonly slices: number;
  readonly callsPerSlice: number;
  /** For what leaves lines behind: slices come in bursts, and a burst waits until the one before has arrived. */
  readonly settleBursts: number;
  readonly bursts: number;
}

/** Longer than any line waits in the application's thread before it is handed on. */
const settleMs = 60;

/** Runs one way of doing one thing in a process of its own: warms up, arms, proves, times, proves again. */
export async function measure(variant: Variant, subject: Subject, node: string, amounts: Amounts): Promise<Measured> {
  const running = await variant.start(node, subject);
  try {
    const { target } = running;
    // Armed in code that is hot already, as in life.
    const { sum } = await target.ask<{ sum: number }>('run', { calls: amounts.warmCalls });
    prove('the sum of the program', sum, expectedSum(0, amounts.warmCalls));
    await running.arm(amounts.warmCalls);
    const armed = await target.ask<{ sum: number }>('run', { calls: amounts.provenCalls });
    prove('the sum under the probe', armed.sum, expectedSum(amounts.warmCalls, amounts.provenCalls));
    await running.proveHits(amounts.provenCalls);
    const measured = subject.leavesLines ? await timeBursts(running, amounts) : await timeHot(running, amounts);
    await running.finish();
    return measured;
  } catch (error) {
    throw new Error(`${subject.name} by ${variant.name}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    await running.cleanUp();
  }
}

interface Timed {
  readonly sliceNs: readonly number[];
  /** Calls since the program started. */
  readonly calls: number;
}

async function timeHot({ target, proveHits }: RunningVariant, amounts: Amounts): Promise<Measured> {
  const { slices, callsPerSlice, warmCalls, settleSlices } = amounts;
  await target.ask('time', { slices: settleSlices, calls: callsPerSlice });
  const { sliceNs, calls } = await target.ask<Timed>('time', { slices, calls: callsPerSlice });
  await proveHits(calls - warmCalls);
  return { inLineNs: median(sliceNs) / callsPerSlice, totalNs: undefined };
}

async function timeBursts({ target, proveHits }: RunningVariant, amounts: Amounts): Promise<Measured> {
  const { slices, callsPerSlice, warmCalls, settleBursts, bursts } = amounts;
  const allSliceNs: number[] = [];
  let totalNs = 0;
  for (let burst = -settleBursts; burst < bursts; burst++) {
    const input = { slices, calls: callsPerSlice, settleMs };
    const { sliceNs, cpuNs, calls } = await target.ask<Timed & { cpuNs: number }>('burst', input);
    await proveHits(calls - warmCalls);
    if (burst < 0) continue;
    allSliceNs.push(...sliceNs);
    totalNs += cpuNs;
  }
  return { inLineNs: median(allSliceNs) / callsPerSlice, totalNs: totalNs / (bursts * slices * callsPerSlice) };
}
