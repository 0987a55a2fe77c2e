import { type AgentHealth, matchesSelector, type Selector, type SessionRequest } from '@sonde/protocol';
import type { Clock } from '../clock.ts';
import type { IdSource } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import { type AgentSession, agentIdOf, tagsOf } from './agent-session.ts';

export interface SessionTimes {
  /** How often an agent is asked to send something, if only its health. */
  readonly heartbeatMs: number;
  /** Silence after which an agent is gone. */
  readonly sessionTimeoutMs: number;
}

interface AgentDeps {
  readonly clock: Clock;
  readonly newId: IdSource;
  readonly times: SessionTimes;
}

interface Seat {
  session: AgentSession;
  /** Whether its commands stream is open. A process that dies closes it long before its silence is noticed. */
  streaming: boolean;
  heardAtMs: number;
  cancel: () => void;
}

/** Knows which agents are there. Sessions live in memory: after a restart agents open new ones by themselves. */
export class AgentService {
  readonly #deps: AgentDeps;
  readonly #seats = new Map<string, Seat>();
  readonly #sessionOfAgent = new Map<string, string>();
  readonly #leaveListeners = new Set<(session: AgentSession) => void>();

  constructor(deps: AgentDeps) {
    this.#deps = deps;
  }

  get times(): SessionTimes {
    return this.#deps.times;
  }

  /** A new session for the process; one it had before is over. */
  open(request: SessionRequest): AgentSession {
    const agentId = agentIdOf(request.instance);
    const former = this.#sessionOfAgent.get(agentId);
    if (former !== undefined) this.end(former);
    const id = this.#deps.newId('s');
    const nowMs = this.#deps.clock.now();
    const tags = tagsOf(request, agentId);
    const session = { id, agentId, request, tags, connectedAtMs: nowMs, lastSeenAtMs: nowMs, health: undefined };
    const seat: Seat = { session, streaming: false, heardAtMs: nowMs, cancel: () => {} };
    this.#seats.set(id, seat);
    this.#sessionOfAgent.set(agentId, id);
    this.watch(seat);
    return session;
  }

  /** The session, or the refusal that makes an agent open a new one. */
  require(sessionId: string): AgentSession {
    return this.seat(sessionId).session;
  }

  /** Something came from the agent. */
  heard(sessionId: string, health: AgentHealth | undefined): void {
    const seat = this.seat(sessionId);
    seat.heardAtMs = this.#deps.clock.now();
    seat.session = { ...seat.session, lastSeenAtMs: seat.heardAtMs, health: health ?? seat.session.health };
  }

  setStreaming(sessionId: string, streaming: boolean): void {
    const seat = this.#seats.get(sessionId);
    if (!seat) return;
    seat.streaming = streaming;
    seat.heardAtMs = this.#deps.clock.now();
    seat.cancel();
    this.watch(seat);
  }

  /** Ends a session; nothing happens when it is over already. */
  end(sessionId: string): void {
    const seat = this.#seats.get(sessionId);
    if (!seat) return;
    seat.cancel();
    this.#seats.delete(sessionId);
    this.#sessionOfAgent.delete(seat.session.agentId);
    for (const listener of this.#leaveListeners) listener(seat.session);
  }

  list(): readonly AgentSession[] {
    return [...this.#seats.values()].map((seat) => seat.session);
  }

  matching(selector: Selector): readonly AgentSession[] {
    return this.list().filter((session) => matchesSelector(selector, session.tags));
  }

  /** Calls with each session that ends, however it ends. */
  onLeave(listener: (session: AgentSession) => void): void {
    this.#leaveListeners.add(listener);
  }

  stop(): void {
    for (const sessionId of [...this.#seats.keys()]) this.end(sessionId);
  }

  private seat(sessionId: string): Seat {
    const seat = this.#seats.get(sessionId);
    if (!seat) throw new Refusal('session.unknown', 'There is no such session (any more): open a new one');
    return seat;
  }

  /** One timer a session, set again only when it fires: hearing from an agent costs none. */
  private watch(seat: Seat): void {
    const { heartbeatMs, sessionTimeoutMs } = this.#deps.times;
    // Without a stream the next heartbeat, and half of one for delays, is all that is waited for.
    const patienceMs = seat.streaming ? sessionTimeoutMs : Math.min(sessionTimeoutMs, heartbeatMs * 1.5);
    const restMs = seat.heardAtMs + patienceMs - this.#deps.clock.now();
    if (restMs <= 0) this.end(seat.session.id);
    else seat.cancel = this.#deps.clock.schedule(restMs, () => this.watch(seat));
  }
}
