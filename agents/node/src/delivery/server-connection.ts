import { type Command, type SessionRequest, type SessionResponse, sessionResponse } from '@sonde/protocol/agent';
import { createBackoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { openCommandStream } from './command-stream.ts';
import { routePath } from './route-path.ts';
import { readAnswer, type ServerAnswer, type SessionRefusal } from './server-answer.ts';
import type { Transport, TransportResponse } from './transport.ts';

/** A token or a version does not get right by itself: asking more often would only fill the server's log. */
const deniedRetryMs = 30_000;

export interface ServerConnectionOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly session: SessionRequest;
  onOpen(session: SessionResponse): void;
  onLost(): void;
  onCommand(command: Command): void;
  onDiagnostic(message: string): void;
}

/** A session with the server, opened again for as long as the process lives, and its stream of commands. */
export class ServerConnection {
  readonly #options: ServerConnectionOptions;
  readonly #backoff;
  #sessionId: string | undefined;
  #closeStream = () => {};
  #cancelRetry = () => {};
  #stopped = false;
  #reported = '';

  constructor(options: ServerConnectionOptions) {
    this.#options = options;
    this.#backoff = createBackoff(options.random);
  }

  /** Undefined while there is no session. */
  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  start(): void {
    void this.#open();
  }

  /** Another call has learnt that the session is gone (`unknown-session`) or not allowed any more (`denied`). */
  sessionRefused(sessionId: string, answer: SessionRefusal): void {
    if (sessionId !== this.#sessionId) return;
    this.#closeStream();
    this.#lose(answer);
  }

  /** Says goodbye and stays away. Never rejects. */
  async leave(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    this.#closeStream();
    const sessionId = this.#sessionId;
    if (!sessionId) return;
    this.#sessionId = undefined;
    // Nobody is left who could do anything about a failure; the server ends the session by its timeout.
    await this.#options.transport
      .send({ method: 'DELETE', path: routePath('closeSession', { sessionId }) })
      .catch(noop);
  }

  async #open(): Promise<void> {
    const { transport, session } = this.#options;
    const body = Buffer.from(JSON.stringify(session));
    try {
      const response = await transport.send({ method: 'POST', path: routePath('openSession'), body });
      if (!this.#stopped) this.#opened(readAnswer(response));
    } catch (error) {
      this.#retryLater(error);
    }
  }

  #opened(answer: ServerAnswer): void {
    if (answer.kind !== 'accepted') {
      this.#retryAfter(answer);
      return;
    }
    const response = sessionResponse.decode(JSON.parse(answer.body));
    this.#sessionId = response.sessionId;
    this.#reported = '';
    this.#options.onOpen(response);
    this.#options.onCommand({ kind: 'policy', policy: response.policy });
    this.#listen(response.sessionId);
  }

  #listen(sessionId: string): void {
    const { transport, clock, onCommand, onDiagnostic } = this.#options;
    this.#closeStream = openCommandStream({
      transport,
      clock,
      sessionId,
      onOpen: () => this.#backoff.reset(),
      onCommand,
      onDiagnostic,
      onEnd: (reason, refusal) => this.#streamEnded(sessionId, reason, refusal),
    });
  }

  #streamEnded(sessionId: string, reason: string, refusal: TransportResponse | undefined): void {
    const answer = refusal && readAnswer(refusal);
    if (answer && endsSession(answer)) {
      this.#lose(answer);
      return;
    }
    // The session outlives its stream for a while: batches go on, and the next stream brings the whole set of probes.
    this.#report(`the stream of commands broke (${reason}); connecting again`);
    this.#schedule(this.#backoff.next(), () => this.#listen(sessionId));
  }

  #lose(answer: SessionRefusal): void {
    this.#sessionId = undefined;
    this.#options.onLost();
    this.#retryAfter(answer);
  }

  #retryAfter(answer: Exclude<ServerAnswer, { kind: 'accepted' }>): void {
    const slow = answer.kind === 'denied' || answer.kind === 'refused';
    if (answer.kind !== 'unknown-session') this.#report(`the server does not accept this agent: ${answer.reason}`);
    this.#schedule(slow ? deniedRetryMs : this.#backoff.next(), () => void this.#open());
  }

  #retryLater(error: unknown): void {
    if (this.#stopped) return;
    this.#report(`no session with the server: ${error instanceof Error ? error.message : String(error)}`);
    this.#schedule(this.#backoff.next(), () => void this.#open());
  }

  /** One retry at a time: listening again in a session that is lost meanwhile would end its successor. */
  #schedule(delayMs: number, run: () => void): void {
    this.#cancelRetry();
    if (!this.#stopped) this.#cancelRetry = this.#options.clock.schedule(delayMs, run);
  }

  /** Once for each reason, until a session opens: a server that is down for a night is not a thousand news. */
  #report(message: string): void {
    if (message === this.#reported) return;
    this.#reported = message;
    this.#options.onDiagnostic(message);
  }
}

function endsSession(answer: ServerAnswer): answer is SessionRefusal {
  return answer.kind === 'unknown-session' || answer.kind === 'denied';
}

function noop(): void {}
