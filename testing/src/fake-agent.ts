import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AgentEvent,
  agentRoutes,
  type BatchResponse,
  type Command,
  type Explanation,
  type Probe,
  type ProbeReport,
  type SessionRequest,
  type SessionResponse,
} from '@sonde/protocol';
import { AgentWire, WireRefusal } from './agent-wire.ts';

export interface FakeAgentOptions {
  readonly url: string;
  /** The text of an agent's token. */
  readonly token: string;
  readonly service?: string;
  /** Whatever else the session should say. */
  readonly session?: Partial<SessionRequest>;
  /** Whether it sends a sign of life as often as the server asks; default true. */
  readonly heartbeat?: boolean;
  /** Whether it opens its commands stream again when that ends; default true. */
  readonly reconnect?: boolean;
}

/** What an agent is to a server, without an application: it says what a test tells it to say. */
export interface FakeAgent {
  readonly agentId: string;
  /** The desired set as last received. */
  probes(): readonly Probe[];
  waitForProbes(predicate: (probes: readonly Probe[]) => boolean): Promise<readonly Probe[]>;
  /** Answers explain commands from now on; without it they stay unanswered. */
  onExplain(answer: (command: Extract<Command, { kind: 'explain' }>) => Explanation | undefined): void;
  /** Sends one batch, over reconnects until it is acknowledged; batches go one at a time and in order. */
  send(events: readonly AgentEvent[], statuses?: readonly ProbeReport[]): Promise<number>;
  /** As if its process were killed: every socket is cut and nothing is said. */
  kill(): void;
  /** Ends its session and everything else. */
  leave(): Promise<void>;
}

/** Soon enough for tests, and yet no storm while a server is starting again. */
const retryMs = 25;

/** Opens a session and its commands stream, and keeps both over restarts of the server. */
export async function startFakeAgent(options: FakeAgentOptions): Promise<FakeAgent> {
  const agent = new Connection(options);
  await agent.start();
  return agent;
}

class Connection implements FakeAgent {
  readonly #connections = new Agent({ keepAlive: true });
  readonly #ended = new AbortController();
  readonly #wire: AgentWire;
  readonly #request: SessionRequest;
  readonly #heartbeat: boolean;
  readonly #reconnect: boolean;
  #session: SessionResponse | undefined;
  #opening: Promise<SessionResponse> | undefined;
  #sequence = 0;
  #sending: Promise<unknown> = Promise.resolve();
  #probes: readonly Probe[] = [];
  readonly #watchers = new Set<() => void>();
  #explain: (command: Extract<Command, { kind: 'explain' }>) => Explanation | undefined = () => undefined;

  constructor({ url, token, service = 'fake', session, heartbeat = true, reconnect = true }: FakeAgentOptions) {
    this.#wire = new AgentWire(url, token, this.#connections);
    this.#heartbeat = heartbeat;
    this.#reconnect = reconnect;
    this.#request = {
      instance: randomUUID(),
      runtime: 'node',
      runtimeVersion: '24.0.0',
      agentVersion: '0.0.0',
      service,
      host: 'test-host',
      pid: process.pid,
      thread: 'main',
      root: '/app',
      startedAtMs: Date.now(),
      tags: {},
      ...session,
    };
  }

  /** Throws what the first session is refused with; later ones are tried again for ever. */
  async start(): Promise<void> {
    await this.openSession();
    const first = new Promise<void>((resolve) => this.#watchers.add(resolve));
    void this.listen();
    if (this.#heartbeat) void this.beat();
    await first;
  }

  get agentId(): string {
    return this.#session?.agentId ?? '';
  }

  probes(): readonly Probe[] {
    return this.#probes;
  }

  async waitForProbes(predicate: (probes: readonly Probe[]) => boolean): Promise<readonly Probe[]> {
    while (!predicate(this.#probes)) {
      this.#ended.signal.throwIfAborted();
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
    return this.#probes;
  }

  onExplain(answer: (command: Extract<Command, { kind: 'explain' }>) => Explanation | undefined): void {
    this.#explain = answer;
  }

  send(events: readonly AgentEvent[], statuses: readonly ProbeReport[] = []): Promise<number> {
    const sent = this.#sending.then(() => {
      this.#sequence += 1;
      return this.deliver(this.#sequence, events, statuses);
    });
    this.#sending = sent.catch(() => {});
    return sent;
  }

  kill(): void {
    this.#ended.abort(new Error('the fake agent was killed'));
    this.#connections.destroy();
    this.tellWatchers();
  }

  async leave(): Promise<void> {
    const params = { sessionId: this.#session?.sessionId ?? '' };
    await this.#wire.call({ route: agentRoutes.closeSession, params });
    this.kill();
  }

  private async openSession(): Promise<SessionResponse> {
    this.#opening ??= this.#wire
      .call({ route: agentRoutes.openSession, body: this.#request })
      .then((answer) => {
        this.#session = answer as SessionResponse;
        return this.#session;
      })
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  private async deliver(
    sequence: number,
    events: readonly AgentEvent[],
    statuses: readonly ProbeReport[],
  ): Promise<number> {
    const health = {
      eventLoopDelayMs: 1,
      heapBytes: 1_000,
      rssBytes: 2_000,
      cpuShare: 0.1,
      agentCpuShare: 0.001,
      queueBytes: 0,
      droppedEvents: 0,
    };
    const body = { sequence, events, statuses, health };
    for (;;) {
      const answer = await this.attempt((sessionId) =>
        this.#wire.call({ route: agentRoutes.sendBatch, params: { sessionId }, body, gzip: true }),
      );
      if (answer !== undefined) return (answer as BatchResponse).acknowledged;
    }
  }

  private async listen(): Promise<void> {
    do {
      await this.attempt((sessionId) =>
        this.#wire.listen({ route: agentRoutes.commands, params: { sessionId } }, (message) =>
          this.obey(message as Command),
        ),
      ).catch(() => {});
      await this.pause();
    } while (this.#reconnect && !this.#ended.signal.aborted);
  }

  private async beat(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await wait(this.#session?.heartbeatMs ?? retryMs, undefined, { signal: this.#ended.signal }).catch(() => {});
      if (!this.#ended.signal.aborted) await this.send([]).catch(() => {});
    }
  }

  /** One try in a session; `undefined` when it has to be tried again, which a refusal of any other kind does not. */
  private async attempt<T>(call: (sessionId: string) => Promise<T>): Promise<T | undefined> {
    this.#ended.signal.throwIfAborted();
    try {
      return await call(this.#session?.sessionId ?? '');
    } catch (error) {
      this.#ended.signal.throwIfAborted();
      if (error instanceof WireRefusal) {
        if (error.problem.code !== 'session.unknown' && error.problem.code !== 'server.stopping') throw error;
        // The network may fail again right away; the next try will tell.
        await this.openSession().catch(() => {});
      }
      await this.pause();
      return undefined;
    }
  }

  private obey(command: Command): void {
    if (command.kind === 'probes') {
      this.#probes = command.probes;
      this.tellWatchers();
    }
    if (command.kind === 'explain') {
      const body = this.#explain(command);
      const params = { sessionId: this.#session?.sessionId ?? '', askId: command.askId };
      // An answer that does not arrive is an agent that is silent.
      if (body) this.#wire.call({ route: agentRoutes.answer, params, body }).catch(() => {});
    }
  }

  private tellWatchers(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const tell of watchers) tell();
  }

  private async pause(): Promise<void> {
    await wait(retryMs, undefined, { signal: this.#ended.signal }).catch(() => {});
  }
}
