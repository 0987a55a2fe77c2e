import type { CreateProbeResponse } from '@sonde/protocol';
import { printable } from '../output/printable.ts';
import type { View } from '../output/view.ts';
import { lasting } from '../output/wording.ts';
import { bindingText } from './binding-text.ts';
import { placeText } from './place-text.ts';
import { problemLines, problemSource, type SourceLines } from './problem-screen.ts';

/** What was placed and where it stands. */
export function placedScreen(response: CreateProbeResponse, sourceLines: SourceLines, view: View): readonly string[] {
  const { record, explanations, silent, matching } = response;
  const { paint, nowMs } = view;
  const { probe } = record;
  const expiry = `expires in ${lasting(probe.expiresAtMs - nowMs)}`;
  return [
    `${paint('bold', probe.id)} ${probe.kind} at ${paint('bold', placeText(probe.location))} placed ${paint('gray', `(${expiry})`)}`,
    ...explanations.flatMap(({ service, agentId, explanation }) => {
      const who = `  ${printable(service)} (${agentId})`;
      const problems = explanation.problems.flatMap((problem) =>
        problemLines(problem, paint, problemSource(problem.field, probe), sourceLines).map((line) => `    ${line}`),
      );
      if (explanation.outcome === 'pending')
        return [`${who}: ${paint('yellow', 'waits until the file is loaded')}`, ...problems];
      if (explanation.outcome === 'refused') return [`${who}: ${paint('red', 'refused')}`, ...problems];
      return [...explanation.bindings.map((binding) => `${who}: ${bindingText(binding)}`), ...problems];
    }),
    ...silent.map((agentId) => `  ${agentId}: ${paint('yellow', 'did not answer yet')}`),
    ...(matching === 0 ? [`  ${paint('yellow', 'no agent matches now; the probe waits for one')}`] : []),
  ];
}
