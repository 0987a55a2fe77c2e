// Runs the timed function as it is told to by the benchmark, and answers with how long it took.
import { readFileSync } from 'node:fs';
import { setBreakpoint } from './breakpoint.mjs';
import { addUp, exceed, handWritten } from './order-total.mjs';

const portion = 1_000;

let nextOrder = 0;

const threadCpuMs = threadClock();
globalThis.logFromBreakpoint = (order, total) => handWritten.log(`order ${order} costs ${total} cents`);
globalThis.breakpointHits = 0;
handWritten.startLines();

const commands = {
  /** Some calls without a clock. */
  run({ calls }) {
    return { sum: call(calls) };
  },
  /** Slices of calls, each by the wall clock: the median slice is one that nothing disturbed. */
  time({ slices, calls }) {
    return { sliceNs: timeSlices(slices, calls), calls: nextOrder };
  },
  /**
   * The same, and what the thread spends of a core until all that the calls left behind is done too. The readings come
   * right after a wait: the system brings a thread's account up to date when it gets its core back.
   */
  async burst({ slices, calls, settleMs }) {
    await wait(1);
    const before = threadCpuMs();
    const sliceNs = timeSlices(slices, calls);
    await wait(settleMs);
    return { sliceNs, cpuNs: (threadCpuMs() - before) * 1e6, calls: nextOrder };
  },
  /** Calls in which the total is beyond all bounds. */
  exceed({ calls }) {
    exceed(calls);
    return {};
  },
  breakpoint: ({ url, line, condition }) => setBreakpoint(url, line, condition),
  counts: async () => ({
    hits: handWritten.hitCount(),
    breakpointHits: globalThis.breakpointHits,
    ...(await handWritten.arrivedLines()),
  }),
};

/** In portions: a loop that is entered often is compiled as a whole, one that runs long only by on-stack replacement. */
function call(calls) {
  let sum = 0;
  const end = nextOrder + calls;
  while (nextOrder < end) {
    const count = Math.min(portion, end - nextOrder);
    sum = (sum + addUp(nextOrder, count)) | 0;
    nextOrder += count;
  }
  return sum;
}

function timeSlices(slices, calls) {
  const sliceNs = new Array(slices);
  for (let slice = 0; slice < slices; slice++) {
    const startedMs = performance.now();
    call(calls);
    sliceNs[slice] = (performance.now() - startedMs) * 1e6;
  }
  return sliceNs;
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Milliseconds of CPU that this thread has had; where the system does not say, those in which its loop was busy. */
function threadClock() {
  if (process.threadCpuUsage) {
    return () => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1e3;
    };
  }
  if (process.platform === 'linux') {
    return () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  }
  return () => performance.eventLoopUtilization().active;
}

process.on('message', async ({ id, command, ...input }) => {
  try {
    process.send({ id, result: await commands[command](input) });
  } catch (error) {
    process.send({ id, error: error.stack });
  }
});
process.send('ready');
