import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import {
  type AgentEvent,
  type Batch,
  type Command,
  command,
  defaultCaptureLimits,
  type Explanation,
  type Policy,
  type Probe,
  type ProbeReport,
  type SessionRequest,
  type SessionResponse,
} from '@sonde/protocol/agent';
import type { Refusal } from './fake-server-routes.ts';

/** A session as the fake server saw it. */
export interface FakeSession {
  readonly sessionId: string;
  readonly request: SessionRequest;
  /** Undefined while the agent does not listen. */
  stream: ServerResponse | undefined;
  /** `left`: the agent said goodbye. `forgotten`: the server lost it. */
  state: 'open' | 'left' | 'forgotten';
}

interface Waiter {
  check(): boolean;
}

const defaultPolicy: Policy = {
  redaction: { version: 0, names: [], exceptNames: [] },
  limits: {
    cpuShare: 0.01,
    maxEventsPerSecond: 100_000,
    maxBytesPerSecond: 100_000_000,
    maxQueueBytes: 64_000_000,
    capture: {
      ...defaultCaptureLimits,
      maxDepth: 20,
      maxFields: 10_000,
      maxElements: 10_000,
      maxCharacters: 1_000_000,
    },
  },
};

/** What the fake server knows. `events`, `statuses` and `stored` are what a real one would have on disk. */
export class FakeServerState {
  readonly sessions: FakeSession[] = [];
  readonly received: string[] = [];
  readonly violations: string[] = [];
  readonly events: AgentEvent[] = [];
  readonly statuses: ProbeReport[] = [];
  readonly answers = new Map<string, Explanation>();
  readonly heartbeatMs: number;
  policy: Policy;
  refusal: Refusal | undefined;
  acknowledging = true;
  duplicates = 0;
  batches = 0;
  /** Instances with a batch on its way: a second one meanwhile is against the protocol. */
  readonly busy = new Set<string>();
  readonly #stored = new Map<string, number>();
  readonly #waiters = new Set<Waiter>();
  #probes: readonly Probe[] = [];
  #revision = 0;

  constructor(heartbeatMs: number, policy = defaultPolicy) {
    this.heartbeatMs = heartbeatMs;
    this.policy = policy;
  }

  newId(prefix: string): string {
    return `${prefix}_${randomBytes(8).toString('hex')}`;
  }

  openSession(request: SessionRequest): SessionResponse {
    const session: FakeSession = { sessionId: this.newId('s'), request, stream: undefined, state: 'open' };
    this.sessions.push(session);
    return {
      sessionId: session.sessionId,
      agentId: `a_${request.instance.toLowerCase().replaceAll('-', '').padEnd(8, '0').slice(0, 32)}`,
      heartbeatMs: this.heartbeatMs,
      sessionTimeoutMs: this.heartbeatMs * 4,
      acknowledged: this.acknowledged(request.instance),
      policy: this.policy,
    };
  }

  openSessionWithId(sessionId: string): FakeSession | undefined {
    return this.sessions.find((session) => session.sessionId === sessionId && session.state === 'open');
  }

  acknowledged(instance: string): number {
    return this.#stored.get(instance) ?? 0;
  }

  store(instance: string, batch: Batch): void {
    if (batch.sequence <= this.acknowledged(instance)) {
      this.duplicates += 1;
      return;
    }
    this.#stored.set(instance, batch.sequence);
    this.batches += 1;
    this.events.push(...batch.events);
    this.statuses.push(...batch.statuses);
  }

  listen(session: FakeSession, stream: ServerResponse): void {
    session.stream = stream;
    stream.on('close', () => {
      if (session.stream === stream) session.stream = undefined;
      this.changed();
    });
    stream.write(encode({ kind: 'probes', revision: this.#revision, probes: this.#probes }));
  }

  setProbes(probes: readonly Probe[]): void {
    this.#probes = probes;
    this.#revision += 1;
    this.broadcast({ kind: 'probes', revision: this.#revision, probes });
  }

  broadcast(message: Command): void {
    this.broadcastText(encode(message));
  }

  broadcastText(text: string): void {
    for (const session of this.sessions) session.stream?.write(text);
  }

  forgetSessions(): void {
    for (const session of this.sessions) if (session.state === 'open') session.state = 'forgotten';
  }

  /** To be called after every change: lets those go on who wait for it. */
  changed(): void {
    for (const waiter of this.#waiters) if (waiter.check()) this.#waiters.delete(waiter);
  }

  waitFor<T>(what: string, find: () => T | undefined, ms: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        check() {
          const found = find();
          if (found === undefined) return false;
          clearTimeout(timer);
          resolve(found);
          return true;
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const seen = `${this.sessions.length} sessions, ${this.events.length} events, ${this.statuses.length} statuses`;
        reject(new Error(`the fake server waited ${ms} ms for ${what}; seen: ${seen}, ${this.violations.join('; ')}`));
      }, ms);
      if (!waiter.check()) this.#waiters.add(waiter);
    });
  }
}

function encode(message: Command): string {
  // A test that sends nonsense by mistake would otherwise look for the fault in the agent.
  return `event: ${message.kind}\ndata: ${JSON.stringify(command.decode(message))}\n\n`;
}
