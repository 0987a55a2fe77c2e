import nodeModule, { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { Command, Policy } from '@sonde/protocol/agent';
import type { AgentOptions } from './agent-options.ts';
import { defaultPolicy } from './default-policy.ts';
import { createDelivery, type Delivery } from './delivery/delivery-client.ts';
import { systemClock } from './delivery/system-clock.ts';
import type { ProbeEngine, ProbeEngineDeps } from './engine.ts';
import { createHealthMonitor } from './health/health-monitor.ts';
import { processReadings } from './health/process-readings.ts';
import { createGuardCells } from './probes/guard-cells.ts';
import { describeProcess } from './session-request.ts';
import { type ApplicationScope, scopePredicate } from './source/application-scope.ts';
import type { LoadedModule } from './source/loaded-module.ts';
import type { ModuleHost } from './source/module-host.ts';
import { ModuleRegistry } from './source/module-registry.ts';
import { readText } from './source/read-text.ts';
import { type GuardModule, sourceGuard, sourceRecord } from './source/source-guard.ts';
import { installSourceHooks, type SourceHooks } from './source/source-hooks.ts';

/** How often counters and health are looked at. Only what changed is sent. */
const lookIntervalMs = 250;
const healthIntervalMs = 2_000;

export interface Agent {
  /** Takes every probe off, sends what waits and ends the worker. The guards stay, dormant. */
  stop(): Promise<void>;
}

/**
 * Starts the agent in this thread: meets every file that loads from now on, and connects in the background. Throws
 * nothing that is not a fault of the agent itself; the callers contain that.
 */
export function startAgent(options: AgentOptions & { readonly token: string }): Agent {
  // V8's side-effect check takes the baseline code of each function it meets away, and walks the whole heap for that:
  // 50 to 140 ms at 80 MB. Without baseline code there is nothing to take away; see docs/adr/0005.
  if (options.sandbox === 'on') setFlagsFromString('--no-sparkplug');
  const requireHere = createRequire(import.meta.url);
  const diagnose = (message: string) => {
    if (!options.debug) return;
    try {
      process.stderr.write(`sonde: ${message}\n`);
    } catch {
      // The application has put something of its own there, and it throws: nobody is left to tell.
    }
  };
  const contained = containment(diagnose);
  const cells = createGuardCells(globalThis);
  const registry = new ModuleRegistry({
    readText,
    onDiagnostic: ({ message, path }) => diagnose(`${path}: ${message}`),
  });
  let engine: ProbeEngine | undefined;
  let policy: Policy = defaultPolicy;

  const hooks = hookSources(options, requireHere, registry, cells.declare, diagnose);
  registry.onAdded(contained((module) => engine?.moduleAdded(module)));

  const onCommand = contained((command: Command) => {
    hooks.drain();
    switch (command.kind) {
      case 'policy':
        policy = command.policy;
        engine?.applyPolicy(policy);
        break;
      case 'probes':
        // A process that nobody asks anything never loads the engine and its parser.
        if (engine || command.probes.length > 0) theEngine().reconcile(command.probes);
        break;
      case 'explain':
        delivery.answer(command.askId, theEngine().explain(command.location, command.draft));
        break;
      case 'detach':
        engine?.detach();
        break;
    }
  });
  const delivery: Delivery = createDelivery({
    workerFile: new URL('./worker.js', import.meta.url),
    options: {
      url: options.url,
      token: options.token,
      session: describeProcess(options, Date.now()),
      timeOriginMs: performance.timeOrigin,
      maxQueueBytes: defaultPolicy.limits.maxQueueBytes,
    },
    onCommand,
    onBreakpoint: contained((report) => engine?.breakpointReported(report)),
    onDiagnostic: diagnose,
  });

  const theEngine = () => {
    engine ??= loadEngine(requireHere, {
      cells,
      registry,
      delivery,
      policy,
      root: options.root,
      thread: options.thread,
      sandbox: options.sandbox,
      agentFolder: new URL('.', import.meta.url),
      guardModule: () => loadGuardModule(requireHere),
      diagnose,
    });
    return engine;
  };
  const health = createHealthMonitor(processReadings(() => performance.now()));
  const stops = [
    repeat(
      lookIntervalMs,
      contained(() => engine?.look()),
    ),
    repeat(
      healthIntervalMs,
      // An application may have replaced what is read here: `process.memoryUsage` is a common thing to fake.
      contained(() => delivery.health(health(engine?.cpuShare() ?? 0))),
    ),
  ];
  const atExit = contained(() => {
    engine?.look();
    delivery.flushAtExit();
  });
  process.on('exit', atExit);
  return {
    async stop() {
      for (const stop of stops) stop();
      hooks.remove();
      engine?.detach();
      // Nothing of ours keeps the process alive, and whoever awaits this may have nothing else that does.
      const awake = setInterval(() => {}, 1_000);
      await delivery.stop();
      clearInterval(awake);
      process.off('exit', atExit);
    },
  };
}

function hookSources(
  options: AgentOptions,
  requireHere: NodeJS.Require,
  registry: ModuleRegistry,
  declareCells: (cells: readonly string[]) => void,
  diagnose: (message: string) => void,
): SourceHooks {
  const scope: ApplicationScope = { root: options.root, excluded: [fileURLToPath(new URL('.', import.meta.url))] };
  const onModule = (module: LoadedModule) => {
    if (module.guarded) declareCells(module.guarded.functions.map(({ cell }) => cell));
    registry.add(module);
  };
  const onDiagnostic = ({ message, path }: { readonly message: string; readonly path?: string }) =>
    diagnose(path ? `${path}: ${message}` : message);
  let modules = 0;
  const recording = {
    guardModule: () => loadGuardModule(requireHere),
    nextModuleId: () => {
      modules += 1;
      return `m${modules}`;
    },
    readText,
    onModule,
    onDiagnostic,
  };
  return installSourceHooks({
    host: nodeModule as unknown as ModuleHost,
    runtime: process,
    shouldGuard: scopePredicate(scope),
    onSource: options.guards === 'off' ? sourceRecord(recording) : sourceGuard(recording),
    onOutside: (source) => registry.addOutside(source),
    onDiagnostic,
    thread: { entry: new URL('./hooks-thread.js', import.meta.url), scope, guards: options.guards, onModule },
  });
}

/** Both are large and most processes never need them, so they load when they are needed, at once. */
function loadGuardModule(requireHere: NodeJS.Require): GuardModule {
  return (requireHere('./guard-module.cjs') as { readonly guardModule: GuardModule }).guardModule;
}

function loadEngine(requireHere: NodeJS.Require, deps: ProbeEngineDeps): ProbeEngine {
  const { createProbeEngine } = requireHere('./engine.cjs') as typeof import('./engine.ts');
  return createProbeEngine(deps);
}

/** Calls again and again without keeping anything alive. What it calls must not throw: that would end the process. */
function repeat(intervalMs: number, run: () => void): () => void {
  let cancel = () => {};
  const arm = () => {
    cancel = systemClock.schedule(intervalMs, () => {
      run();
      arm();
    });
  };
  arm();
  return () => cancel();
}

/** What throws inside is a fault of ours: it is reported, and the application never hears of it. */
function containment(diagnose: (message: string) => void) {
  return <A extends readonly unknown[]>(run: (...args: A) => void) =>
    (...args: A): void => {
      try {
        run(...args);
      } catch (error) {
        diagnose(`fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    };
}
