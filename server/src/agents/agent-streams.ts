import type { Command, Probe, Tags } from '@sonde/protocol';
import type { Clock } from '../clock.ts';
import { Coalescer } from '../coalescer.ts';
import type { MessageStream } from '../endpoint.ts';
import type { AgentService } from './agent-service.ts';
import type { AgentSession } from './agent-session.ts';

/** What agents should have. */
export interface DesiredSet {
  /** Grows with every change, over restarts too. */
  readonly revision: number;
  probesFor(tags: Tags): readonly Probe[];
}

interface Channel {
  readonly session: AgentSession;
  readonly stream: MessageStream<Command>;
  /** Names the set that was sent last. */
  sent: string | undefined;
  waiting: boolean;
}

/** Many changes within this time reach an agent as one; the first of them at once. */
const betweenUpdatesMs = 5;

/** The commands streams of all agents: each is sent its whole set whenever that differs from what it was sent. */
export class AgentStreams {
  readonly #agents: AgentService;
  readonly #desired: DesiredSet;
  readonly #channels = new Map<string, Channel>();
  readonly #updates: Coalescer<'all'>;

  constructor(agents: AgentService, desired: DesiredSet, clock: Clock) {
    this.#agents = agents;
    this.#desired = desired;
    this.#updates = new Coalescer(clock, betweenUpdatesMs, () => {
      for (const channel of this.#channels.values()) this.update(channel);
    });
    agents.onLeave((session) => this.#channels.get(session.id)?.stream.close());
  }

  /** Takes over a stream that the session's agent has opened; an older one of the same session is closed. */
  connect(session: AgentSession, stream: MessageStream<Command>): void {
    const former = this.#channels.get(session.id);
    const channel: Channel = { session, stream, sent: undefined, waiting: false };
    this.#channels.set(session.id, channel);
    former?.stream.close();
    this.#agents.setStreaming(session.id, true);
    stream.onClose(() => {
      if (this.#channels.get(session.id) !== channel) return;
      this.#channels.delete(session.id);
      this.#agents.setStreaming(session.id, false);
    });
    this.update(channel);
  }

  /** The desired set may have changed. */
  refresh(): void {
    this.#updates.ask('all');
  }

  /** Sends a command now; false when the agent's stream is not open or does not keep up. */
  send(sessionId: string, command: Command): boolean {
    const stream = this.#channels.get(sessionId)?.stream;
    if (!stream || stream.closed || stream.full) return false;
    stream.send(command);
    return true;
  }

  stop(): void {
    this.#updates.stop();
    for (const channel of [...this.#channels.values()]) channel.stream.close();
  }

  /** A reader that is behind gets no older set queued: when it has caught up, it gets the one of then. */
  private update(channel: Channel): void {
    const { stream, session } = channel;
    if (channel.waiting || stream.closed) return;
    if (stream.full) {
      channel.waiting = true;
      void stream.drained().then(() => {
        channel.waiting = false;
        this.update(channel);
      });
      return;
    }
    const probes = this.#desired.probesFor(session.tags);
    const name = probes.map((probe) => `${probe.id}@${probe.version}`).join();
    if (name === channel.sent) return;
    channel.sent = name;
    stream.send({ kind: 'probes', revision: this.#desired.revision, probes });
  }
}
