import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { ApplicationScope } from './application-scope.ts';
import type { HooksThreadMessage, HooksThreadStart } from './hooks-thread-messages.ts';
import type { ModuleHost } from './module-host.ts';
import { replaceFunction } from './replace-function.ts';

export interface ThreadHooksDeps {
  /** The bundled `hooks-thread.js`. */
  readonly entry: URL;
  readonly scope: ApplicationScope;
  readonly guards?: 'full' | 'off';
  readonly onMessage: (message: HooksThreadMessage) => void;
}

export interface ThreadHooks {
  /**
   * Takes in what the hooks thread has said so far. It speaks of a module before it hands out the text, so after this
   * every module that runs is known.
   */
  drain(): void;
  remove(): void;
}

/**
 * `import` where hooks run in a thread of their own (Node 20, 22 before 22.15). Hooks registered later run around
 * earlier ones, so ours is registered anew after each; in the thread only the newest of ours acts.
 */
export function hookThreadLoad(
  register: NonNullable<ModuleHost['register']>,
  host: ModuleHost,
  deps: ThreadHooksDeps,
): ThreadHooks {
  const { port1, port2 } = new MessageChannel();
  port1.on('message', deps.onMessage);
  // After `on`, which takes the reference back: the port must not keep the process alive.
  port1.unref();
  let generation = 0;
  const registerOurs = () => {
    generation += 1;
    // The query makes it a module of its own, with a generation of its own.
    const entry = new URL(`?${generation}`, deps.entry).href;
    const start = { generation, scope: deps.scope, guards: deps.guards ?? 'full' } satisfies HooksThreadStart;
    register.call(
      host,
      entry,
      generation === 1 ? { data: { ...start, port: port2 }, transferList: [port2] } : { data: start },
    );
  };
  registerOurs();
  let stopped = false;
  const wrapped: typeof register = (...args) => {
    const result = register.apply(host, args);
    if (!stopped) {
      registerOurs();
    }
    return result;
  };
  replaceFunction(host, 'register', wrapped);
  return {
    drain() {
      for (let received = receiveMessageOnPort(port1); received; received = receiveMessageOnPort(port1)) {
        deps.onMessage(received.message as HooksThreadMessage);
      }
    },
    remove() {
      stopped = true;
      port1.postMessage('stop');
    },
  };
}
