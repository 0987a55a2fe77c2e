import { defaultCaptureLimits, type Policy, type Probe, type ProbeReport } from '@sonde/protocol/agent';
import { startFakeServer } from '../../../testing/src/fake-server.ts';
import { agentArguments, agentEnvironment } from '../agent-under-test.ts';
import { prove } from '../prove.ts';
import { TargetProcess } from '../target-process.ts';
import { EventCheck } from './event-check.ts';
import { copyProgram } from './program-copy.ts';
import type { Subject } from './subject.ts';
import type { RunningVariant, Variant } from './variant.ts';

const probeId = 'p_00000001';
const exceedingCalls = 5;
const arrivalMs = 20_000;

/** The budget would pause a probe that is hit as fast as here: one whole core is what a policy can give. */
const policy: Policy = {
  redaction: { version: 0, names: [], exceptNames: [] },
  limits: {
    cpuShare: 1,
    maxEventsPerSecond: 10_000_000,
    maxBytesPerSecond: 1_000_000_000,
    maxQueueBytes: 16_777_216,
    capture: defaultCaptureLimits,
  },
};
const limits = { maxHits: 1_000_000_000, maxHitsPerSecond: 10_000_000, capture: defaultCaptureLimits };

/** The same program with the agent, and a probe that came over the wire. */
export const probeVariant: Variant = { name: 'probe', start };

async function start(node: string, subject: Subject): Promise<RunningVariant> {
  const program = copyProgram();
  const server = await startFakeServer({ policy });
  const target = await TargetProcess.start({
    node,
    execArgv: agentArguments,
    script: program.script,
    cwd: program.folder,
    env: agentEnvironment(server.url, server.token, program.folder),
  });
  await server.waitForSession();
  const report = () => server.statuses().findLast((each) => each.probeId === probeId);
  const events = new EventCheck(server, probeId);
  const provenCounters = async (calls: number) => {
    await server.waitUntil(() => report()?.counters.reached === calls, arrivalMs);
    const left = subject.leavesLines ? calls : 0;
    prove('counters', counted(report()), { reached: calls, conditionFalse: calls - left, captured: left, lost: 0 });
  };
  return {
    target,
    async arm(callsBefore) {
      events.begin(callsBefore);
      const location = { file: program.file, line: program.line };
      const probe: Probe = {
        ...subject.probe,
        location,
        id: probeId,
        version: 1,
        limits,
        expiresAtMs: Date.now() + 3_600_000,
      };
      server.setProbes([probe]);
      const { bindings } = await server.waitForStatus(probeId, 'installed');
      prove(
        'places',
        bindings.map(({ line, mechanism }) => [line, mechanism]),
        [[program.line, 'guard']],
      );
    },
    async proveHits(calls) {
      if (subject.leavesLines) await events.prove(calls, arrivalMs);
      await provenCounters(calls);
    },
    async finish() {
      if (subject.name === 'false-condition') {
        await target.ask('exceed', { calls: exceedingCalls });
        await server.waitForEvents(exceedingCalls, arrivalMs);
      }
      prove(
        'lines when the condition holds',
        server.events().length,
        events.proven + (subject.name === 'false-condition' ? exceedingCalls : 0),
      );
      await target.end();
      prove('faults against the protocol', server.takeViolations(), []);
    },
    async cleanUp() {
      target.kill();
      await server.stop();
      program.remove();
    },
  };
}

function counted(report: ProbeReport | undefined) {
  if (!report) return undefined;
  const { reached, conditionFalse, captured, throttled, dropped, failed } = report.counters;
  return { reached, conditionFalse, captured, lost: throttled + dropped + failed };
}
