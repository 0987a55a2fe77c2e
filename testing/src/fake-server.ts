import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  AgentEvent,
  Command,
  ErrorCode,
  Explanation,
  Location,
  Policy,
  Probe,
  ProbeDraft,
  ProbeReport,
  ProbeStatus,
} from '@sonde/protocol/agent';
import { handleAgentCall, type Refusal } from './fake-server-routes.ts';
import { FakeServerState, type FakeSession } from './fake-server-state.ts';

export interface FakeServerOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly token?: string;
  readonly heartbeatMs?: number;
  readonly policy?: Policy;
}

const waitMs = 10_000;

/** The server's side of the agent protocol, strict with the agent and under a test's control. */
export class FakeServer {
  readonly token: string;
  readonly #state: FakeServerState;
  #server: http.Server;
  #port: number;

  constructor(options: FakeServerOptions) {
    this.token = options.token ?? 'sonde_agent_for_tests';
    this.#port = options.port ?? 0;
    this.#state = new FakeServerState(options.heartbeatMs ?? 1_000, options.policy);
    this.#server = this.#newServer();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Every session that was ever opened, oldest first. */
  get sessions(): readonly FakeSession[] {
    return this.#state.sessions;
  }

  /** Everything that arrived, as text: request line, headers, and body unpacked. For searching. */
  get received(): readonly string[] {
    return this.#state.received;
  }

  /** What the agent did against the protocol since the last call. To be empty at the end of every test. */
  takeViolations(): readonly string[] {
    return this.#state.violations.splice(0);
  }

  /** Batches that arrived again after they were stored. */
  get duplicates(): number {
    return this.#state.duplicates;
  }

  /** How many batches were stored, those without content included. */
  get batches(): number {
    return this.#state.batches;
  }

  /** The events that were stored, in the order of arrival. */
  events(): readonly AgentEvent[] {
    return this.#state.events;
  }

  statuses(): readonly ProbeReport[] {
    return this.#state.statuses;
  }

  waitForEvent(predicate: (event: AgentEvent) => boolean = () => true, ms = waitMs): Promise<AgentEvent> {
    return this.#state.waitFor('an event', () => this.#state.events.find(predicate), ms);
  }

  waitForEvents(count: number, ms = waitMs): Promise<true> {
    return this.#state.waitFor(`${count} events`, () => this.#state.events.length >= count || undefined, ms);
  }

  waitForStatus(probeId: string, status: ProbeStatus, ms = waitMs): Promise<ProbeReport> {
    const matches = (report: ProbeReport) => report.probeId === probeId && report.status === status;
    return this.#state.waitFor(`status ${status} of ${probeId}`, () => this.#state.statuses.findLast(matches), ms);
  }

  /** Resolves when anything that arrived makes the condition hold. */
  waitUntil(condition: () => boolean, ms = waitMs): Promise<true> {
    return this.#state.waitFor('a condition', () => condition() || undefined, ms);
  }

  /** The first session, or the one with this position, once its stream of commands is open. */
  waitForSession(position = 0, ms = waitMs): Promise<FakeSession> {
    const listening = () => {
      const session = this.#state.sessions[position];
      return session?.stream ? session : undefined;
    };
    return this.#state.waitFor(`session ${position}`, listening, ms);
  }

  setProbes(probes: readonly Probe[]): void {
    this.#state.setProbes(probes);
  }

  get policy(): Policy {
    return this.#state.policy;
  }

  setPolicy(policy: Policy): void {
    this.#state.policy = policy;
    this.#state.broadcast({ kind: 'policy', policy });
  }

  detach(): void {
    this.#state.broadcast({ kind: 'detach' });
  }

  /** Anything at all, to every stream: commands of the future, and no commands. */
  sendRaw(text: string): void {
    this.#state.broadcastText(text);
  }

  send(message: Command): void {
    this.#state.broadcast(message);
  }

  /** Asks the newest session what would become of a probe. */
  ask(location: Location, draft?: ProbeDraft, ms = waitMs): Promise<Explanation> {
    const askId = this.#state.newId('k');
    this.#state.broadcast({ kind: 'explain', askId, location, ...(draft && { draft }) });
    return this.#state.waitFor(`the answer to ${askId}`, () => this.#state.answers.get(askId), ms);
  }

  /** Breaks every connection, in the middle of whatever goes on. Sessions stay. */
  dropConnections(): void {
    this.#server.closeAllConnections();
  }

  /** Forgets the sessions, as a server does that was started again; what was stored stays. */
  forgetSessions(): void {
    this.#state.forgetSessions();
  }

  /** Refuses every call this way, until `accept`. */
  refuseWith(status: number, code: ErrorCode, route?: Refusal['route']): void {
    this.#state.refusal = { status, code, ...(route && { route }) };
  }

  accept(): void {
    this.#state.refusal = undefined;
  }

  /** Batches are stored, but not answered. */
  pauseAcknowledging(): void {
    this.#state.acknowledging = false;
  }

  resumeAcknowledging(): void {
    this.#state.acknowledging = true;
  }

  async start(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** After `stop`: listens on the same port again. What was stored is still there, the sessions are not. */
  async restart(): Promise<void> {
    this.forgetSessions();
    this.#server = this.#newServer();
    await this.start();
  }

  #newServer(): http.Server {
    return http.createServer((request, response) => void handleAgentCall(this.#state, this.token, request, response));
  }
}

export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const server = new FakeServer(options);
  await server.start();
  return server;
}
