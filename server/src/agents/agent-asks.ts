import type { ExplainResponse, Explanation, Location, ProbeDraft, Selector } from '@sonde/protocol';
import type { Clock } from '../clock.ts';
import type { IdSource } from '../random-id.ts';
import type { AgentService } from './agent-service.ts';
import type { AgentSession } from './agent-session.ts';
import type { AgentStreams } from './agent-streams.ts';

/** A fleet of thousands answers no differently than these many of it. */
const maxAsked = 20;
const answerTimeoutMs = 1_500;

interface Ask {
  readonly sessionId: string;
  readonly settle: (explanation: Explanation | undefined) => void;
}

interface AskDeps {
  readonly agents: AgentService;
  readonly streams: AgentStreams;
  readonly clock: Clock;
  readonly newId: IdSource;
}

/** Asks agents what would become of a probe, and waits for their answers a bounded time. */
export class AgentAsks {
  readonly #deps: AskDeps;
  readonly #open = new Map<string, Ask>();

  constructor(deps: AskDeps) {
    this.#deps = deps;
    deps.agents.onLeave((session) => {
      for (const ask of [...this.#open.values()]) if (ask.sessionId === session.id) ask.settle(undefined);
    });
  }

  /** Asks the agents that match, all at once, at most `maxAsked` of them. */
  async explain(selector: Selector, location: Location, draft: ProbeDraft | undefined): Promise<ExplainResponse> {
    const matching = this.#deps.agents.matching(selector);
    const answers = await Promise.all(
      matching.slice(0, maxAsked).map(async (session) => ({
        session,
        explanation: await this.ask(session, location, draft),
      })),
    );
    const explanations = answers.flatMap(({ session, explanation }) =>
      explanation ? [{ agentId: session.agentId, service: session.request.service, explanation }] : [],
    );
    const silent = answers.filter((answer) => !answer.explanation).map((answer) => answer.session.agentId);
    return { explanations, silent, matching: matching.length };
  }

  /** An agent's answer; one that nobody waits for any more is none. */
  answer(sessionId: string, askId: string, explanation: Explanation): void {
    const ask = this.#open.get(askId);
    if (ask?.sessionId === sessionId) ask.settle(explanation);
  }

  private ask(
    session: AgentSession,
    location: Location,
    draft: ProbeDraft | undefined,
  ): Promise<Explanation | undefined> {
    const askId = this.#deps.newId('k');
    return new Promise((resolve) => {
      const settle = (explanation: Explanation | undefined) => {
        cancel();
        this.#open.delete(askId);
        resolve(explanation);
      };
      const cancel = this.#deps.clock.schedule(answerTimeoutMs, () => settle(undefined));
      this.#open.set(askId, { sessionId: session.id, settle });
      const sent = this.#deps.streams.send(session.id, { kind: 'explain', askId, location, ...(draft && { draft }) });
      if (!sent) settle(undefined);
    });
  }
}
