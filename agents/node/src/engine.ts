import inspector from 'node:inspector';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Explanation, Location, Policy, Probe, ProbeDraft } from '@sonde/protocol/agent';
import { createCapture } from './capture/capture-value.ts';
import { createStackCapture } from './capture/stack.ts';
import { activeSpan } from './correlation/active-span.ts';
import type { BreakpointReport } from './delivery/channel.ts';
import type { Delivery } from './delivery/delivery-client.ts';
import { epochNs } from './delivery/epoch.ts';
import { systemClock } from './delivery/system-clock.ts';
import { expressionFile } from './expressions/evaluator.ts';
import { createSandbox } from './expressions/sandbox.ts';
import { Breakpoints } from './probes/breakpoints.ts';
import { dispatcherFile } from './probes/dispatcher.ts';
import { Dispatchers } from './probes/dispatchers.ts';
import type { EventOutlet } from './probes/event-outlet.ts';
import { explainProbe } from './probes/explain-probe.ts';
import { displayPath, findTargets } from './probes/find-targets.ts';
import { Governor } from './probes/governor.ts';
import type { GuardCells } from './probes/guard-cells.ts';
import { namesInText } from './probes/names-in-text.ts';
import type { PlacedProbe } from './probes/placed-probe.ts';
import { ProbeBuilder } from './probes/probe-builder.ts';
import { ProbeRegistry } from './probes/probe-registry.ts';
import { createStackReader } from './probes/stack-reader.ts';
import { createStopwatch } from './probes/stopwatch.ts';
import { createRedaction } from './redaction/redaction.ts';
import { concerns } from './source/locate.ts';
import type { ModuleRegistry, RegisteredModule } from './source/module-registry.ts';
import { originalPosition } from './source/original-position.ts';
import { diskSourceFiles } from './source/source-files.ts';
import type { GuardModule } from './source/source-guard.ts';

/** What the engine is built from; the part of the agent that runs in every process has it already. */
export interface ProbeEngineDeps {
  readonly cells: GuardCells;
  readonly registry: ModuleRegistry;
  readonly delivery: Delivery;
  readonly policy: Policy;
  readonly root: string;
  readonly thread: string;
  readonly sandbox: 'on' | 'off';
  readonly agentFolder: URL;
  readonly guardModule: () => GuardModule;
  readonly diagnose: (message: string) => void;
}

/** Everything that has to do with probes. Loaded when the first one comes. */
export interface ProbeEngine {
  reconcile(probes: readonly Probe[]): void;
  explain(location: Location, draft: ProbeDraft | undefined): Explanation;
  moduleAdded(module: RegisteredModule): void;
  breakpointReported(report: BreakpointReport): void;
  applyPolicy(policy: Policy): void;
  /** Reports what has changed and keeps the budget; to be called a few times a second. */
  look(): void;
  cpuShare(): number;
  detach(): void;
}

/** A call of the application may take so long before V8 ends it. */
const sandboxTimeoutMs = 20;
/** After so many faults of our own a probe is taken off. */
const maxFaults = 3;

export function createProbeEngine(deps: ProbeEngineDeps): ProbeEngine {
  const { registry, delivery, diagnose } = deps;
  const now = performance.now.bind(performance);
  const sandbox = createSandbox({ inspector, timeoutMs: sandboxTimeoutMs });
  if (deps.sandbox === 'off') sandbox.close();
  const dispatchers = new Dispatchers(deps.cells, sandbox.isBusy);
  const breakpoints = new Breakpoints(globalThis, delivery.setBreakpoints);
  const stopwatch = createStopwatch(now);
  const outlet = createOutlet(deps, now);
  const files = diskSourceFiles({
    root: deps.root,
    caseInsensitive: process.platform !== 'linux',
    now,
    maxEntries: 5_000,
    maxMs: 25,
  });
  const display = (path: string) => displayPath(deps.root, path);
  const agentFolder = fileURLToPath(deps.agentFolder);
  const isOurs = (file: string) =>
    file === dispatcherFile ||
    file === expressionFile ||
    file.startsWith(agentFolder) ||
    file.startsWith(deps.agentFolder.href);
  const readStack = createStackReader({
    stack: createStackCapture(isOurs),
    toOriginal: (position) => originalPosition(registry, position),
    display,
  });
  const find = (location: Location) =>
    findTargets({ registry, files, display, namesInText: namesInText(files, deps.guardModule) }, location);
  // What is thrown in a timer ends the process.
  const later = (call: () => void, delayMs: number) =>
    systemClock.schedule(delayMs, () => {
      try {
        call();
      } catch (error) {
        diagnose(`fault: ${error instanceof Error ? error.stack : String(error)}`);
      }
    });

  const onFault = (error: unknown, placed: PlacedProbe) => {
    placed.meter.failed++;
    placed.meter.faults++;
    diagnose(`fault at probe ${placed.probe.id}: ${error instanceof Error ? error.stack : String(error)}`);
    if (placed.meter.faults < maxFaults) return;
    placed.fail({
      code: 'agent.fault',
      message: 'the agent failed at this line several times and has taken the probe off',
    });
  };

  const governor = new Governor({ now, later, cpuShare: deps.policy.limits.cpuShare });
  const builderFor = ({ redaction: rules, limits }: Policy) => {
    const redaction = createRedaction(rules);
    return new ProbeBuilder({
      redaction,
      capture: createCapture({ redaction, nowMs: now }),
      mostCapture: limits.capture,
      sandbox,
      readStack,
      outlet,
      stopwatch,
      dispatchers,
      breakpoints,
      onSpent: () => governor.review(),
      onFault,
    });
  };
  let policy = deps.policy;
  let builder = builderFor(policy);
  const probes = new ProbeRegistry({
    find,
    concerns: (module, { file }) => concerns(registry, module, file, files),
    prepare: (placed, targets) => builder.prepare(placed, targets),
    governor,
    wallClockMs: Date.now,
    later,
    report: delivery.report,
  });

  return {
    reconcile(wanted) {
      probes.reconcile(wanted);
    },
    explain: (location, draft) =>
      explainProbe({ find, builder, loadedFiles: () => registry.modules.length }, location, draft),
    moduleAdded: (module) => probes.moduleAdded(module),
    breakpointReported(report) {
      breakpoints.reported(report);
      probes.reportChanges();
    },
    applyPolicy(next) {
      // It comes with every session, most often unchanged.
      if (isDeepStrictEqual(next, policy)) return;
      policy = next;
      governor.limit(policy.limits.cpuShare);
      // What is masked is compiled into every probe: all are taken off and stand again under the new policy.
      builder = builderFor(policy);
      probes.reinstall();
    },
    look() {
      governor.review();
      probes.reportChanges();
    },
    cpuShare: () => governor.share,
    detach: () => probes.detach(),
  };
}

function createOutlet({ delivery, thread }: ProbeEngineDeps, now: () => number): EventOutlet {
  let sequence = 0;
  return {
    now,
    toTimeNs: epochNs(performance.timeOrigin),
    thread,
    nextSequence() {
      sequence += 1;
      return sequence;
    },
    activeSpan: () => activeSpan(globalThis),
    emit: delivery.emit,
    emitLog: delivery.emitLog,
  };
}
