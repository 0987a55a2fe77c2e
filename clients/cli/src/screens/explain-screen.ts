import type { AgentExplanation, ExplainResponse, Location, ProbeDraft } from '@sonde/protocol';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { alignColumns } from '../output/table.ts';
import type { View } from '../output/view.ts';
import { brief, counted } from '../output/wording.ts';
import { placeText } from './place-text.ts';
import { problemLines, problemSource, type SourceLines } from './problem-screen.ts';

interface Explained {
  readonly location: Location;
  readonly draft: ProbeDraft | undefined;
  readonly response: ExplainResponse;
  readonly sourceLines: SourceLines;
}

/** What would become of a probe, agent by agent. */
export function explainScreen(explained: Explained, { paint }: View): readonly string[] {
  const { location, response } = explained;
  const silent = response.silent.map((id) => paint('yellow', `${id} matches but did not answer in time`));
  const nobody = response.matching === 0 ? ['No agent matches. See who is there with `sonde agents`.'] : [];
  return [
    paint('bold', placeText(location)),
    ...response.explanations.flatMap((agent) => ['', ...agentLines(agent, explained, paint)]),
    ...(silent.length > 0 ? ['', ...silent] : []),
    ...nobody,
  ];
}

const outcomes = {
  bound: { text: 'can be placed', colour: 'green' },
  pending: { text: 'would wait until the file is loaded', colour: 'yellow' },
  refused: { text: 'would be refused', colour: 'red' },
} as const;

function agentLines(agent: AgentExplanation, explained: Explained, paint: Paint): readonly string[] {
  const { service, agentId, explanation } = agent;
  const { text, colour } = outcomes[explanation.outcome];
  const { draft, sourceLines } = explained;
  const problems = explanation.problems.flatMap((problem) =>
    problemLines(problem, paint, draft && problemSource(problem.field, draft), sourceLines),
  );
  return [
    `${paint('bold', printable(service))} ${agentId} ${paint(colour, text)}`,
    ...alignColumns(facts(agent).map(([name, fact]) => [`  ${paint('gray', name)}`, fact])),
    ...problems.map((line) => `  ${line}`),
  ];
}

const mechanisms = {
  guard: 'a guard compiled into the code; nothing pauses',
  breakpoint: 'a breakpoint whose condition captures; nothing pauses, but a hit costs more',
} as const;

const gears = {
  none: undefined,
  compiled: 'compiled: reads only',
  sandboxed: 'sandboxed: calls code of the application, proven free of side effects as it runs',
} as const;

function facts({ explanation }: AgentExplanation): readonly (readonly [string, string])[] {
  const { bindings, costNs, gear, names, note } = explanation;
  const means = [...new Set(bindings.map(({ mechanism }) => mechanisms[mechanism]))];
  const generated = bindings.flatMap((binding) => (binding.generated ? [placeText(binding.generated)] : []));
  const costs = costNs === undefined ? [] : [['cost', costText(costNs, explanation.hitCostNs)] as const];
  return [
    ...bindings.map((binding) => ['binds to', placeText(binding)] as const),
    ...generated.map((place) => ['runs as', place] as const),
    ...means.map((mean) => ['by', mean] as const),
    ...(note ? [['because', printable(note)] as const] : []),
    ...(gears[gear] ? [['expressions', gears[gear]] as const] : []),
    ...costs,
    ...(names.length > 0 ? [['in scope', namesText(names)] as const] : []),
    ...(explanation.loadedFiles === undefined
      ? []
      : [['looked in', counted(explanation.loadedFiles, 'loaded file')] as const]),
  ];
}

function costText(costNs: number, hitCostNs: number | undefined): string {
  const each = `about ${brief(costNs)} a hit`;
  return hitCostNs === undefined ? each : `${each}; a hit that matches about ${brief(hitCostNs)}`;
}

const maxNames = 40;

function namesText(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map(printable).join(', ');
  return names.length > maxNames ? `${shown} and ${names.length - maxNames} more (all with --json)` : shown;
}
