import nodeModule, { createRequire } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { scopePredicate } from './application-scope.ts';
import type { HooksThreadMessage, HooksThreadStart } from './hooks-thread-messages.ts';
import type { LoadContext, LoadResult } from './load-hook.ts';
import { guardLoadResult, type LoadResultDeps } from './load-result.ts';
import type { ModuleHost } from './module-host.ts';
import { readText } from './read-text.ts';
import { type GuardModule, type SourceGuardDeps, sourceGuard, sourceRecord } from './source-guard.ts';
import { type TypeScriptRuntime, typeStripper } from './strip-types.ts';

/** One per thread, whatever the number of our registrations in it: each is a module instance of its own. */
interface ThreadState {
  generation: number;
  port: MessagePort | undefined;
  stopped: boolean;
  modules: number;
  deps: LoadResultDeps | undefined;
}

const stateKey = Symbol.for('sonde.hooks-thread');
const requireHere = createRequire(import.meta.url);
const generation = Number(new URL(import.meta.url).search.slice(1));

/** Entry of the hooks thread: called by Node at each registration. */
export function initialize(start: HooksThreadStart): void {
  const state = threadState();
  state.generation = start.generation;
  if (start.port === undefined) {
    return;
  }
  const port = start.port;
  state.port = port;
  state.deps = loadDeps(start, state, (message) => port.postMessage(message));
  port.on('message', () => {
    state.stopped = true;
  });
  port.unref();
}

export async function load(
  url: string,
  context: LoadContext,
  nextLoad: (url: string, context?: LoadContext) => Promise<LoadResult>,
): Promise<LoadResult> {
  const result = await nextLoad(url, context);
  const state = threadState();
  // An older registration sits inside a newer one, with somebody's hooks between them: only the outermost is last.
  if (state.deps === undefined || state.stopped || state.generation !== generation) {
    return result;
  }
  // CommonJS with a text in the result is compiled from it; without one it is read again by the main thread.
  return guardLoadResult(url, result, true, state.deps);
}

function threadState(): ThreadState {
  const holder = globalThis as { [stateKey]?: ThreadState };
  let state = holder[stateKey];
  if (state === undefined) {
    state = { generation: 0, port: undefined, stopped: false, modules: 0, deps: undefined };
    Object.defineProperty(globalThis, stateKey, { value: state });
  }
  return state;
}

function loadDeps(
  start: HooksThreadStart,
  state: ThreadState,
  post: (message: HooksThreadMessage) => void,
): LoadResultDeps {
  const onDiagnostic: LoadResultDeps['onDiagnostic'] = (diagnostic) => post({ kind: 'diagnostic', diagnostic });
  const recording: SourceGuardDeps = {
    guardModule: () => (requireHere('./guard-module.cjs') as { readonly guardModule: GuardModule }).guardModule,
    nextModuleId: () => {
      state.modules += 1;
      // Apart from the ids that the application's own thread gives out.
      return `h${state.modules}`;
    },
    readText,
    onModule: (module) => post({ kind: 'module', module }),
    onDiagnostic,
  };
  return {
    shouldGuard: scopePredicate(start.scope),
    onSource: start.guards === 'off' ? sourceRecord(recording) : sourceGuard(recording),
    onOutside: (source) => post({ kind: 'outside', source }),
    onDiagnostic,
    stripTypes: typeStripper(nodeModule as unknown as ModuleHost, process as TypeScriptRuntime),
  };
}
