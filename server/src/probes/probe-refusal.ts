import type { ExplainResponse, Problem } from '@sonde/protocol';
import { Refusal } from '../refusal.ts';

/** As many as a problem detail carries. */
const maxProblems = 50;

/** Why the probe could never be installed: when every agent that answered refuses it. */
export function refusalOf(response: ExplainResponse): Refusal | undefined {
  const { explanations } = response;
  if (explanations.length === 0 || explanations.some(({ explanation }) => explanation.outcome !== 'refused')) return;
  const all = explanations.flatMap(({ explanation }) => explanation.problems);
  const problems = [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
  const first: Problem = problems[0] ?? {
    code: 'agent.fault',
    message: 'The agent refused the probe without a reason',
  };
  const others =
    explanations.length > 1 ? ` (none of the ${explanations.length} agents that answered can place it)` : '';
  return new Refusal(first.code, first.message + others, problems.slice(0, maxProblems));
}
