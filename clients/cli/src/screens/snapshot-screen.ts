import type {
  CapturedField,
  CapturedValue,
  MissingReason,
  SnapshotEvent,
  StoredEvent,
  WatchResult,
} from '@sonde/protocol';
import { printable } from '../output/printable.ts';
import type { View } from '../output/view.ts';
import { instant } from '../output/wording.ts';
import { problemLines } from './problem-screen.ts';
import { framePlace, stackScreen } from './stack.ts';
import { seenObjects, valueTree } from './value-tree.ts';

/** A snapshot in full: where and when, watches, locals, stack, and what was left out and how to get it. */
export function snapshotScreen(stored: StoredEvent, event: SnapshotEvent, view: View): readonly string[] {
  const { paint } = view;
  const [top] = event.stack;
  const watched = event.watches.flatMap(({ expression, value }) => (value ? [{ name: expression, value }] : []));
  const seen = seenObjects([...event.locals, ...watched]);
  const failed = event.watches.filter(({ value }) => !value);
  return [
    `${paint(['bold', 'green'], 'snapshot')} ${paint('bold', top ? framePlace(top) : '')}${top ? ` in ${printable(top.function) || '(anonymous)'}` : ''}`,
    ...origin(stored, view),
    ...section(
      'Watches',
      [...valueTree(watched, seen, paint), ...failed.flatMap((watch) => failedWatch(watch, view))],
      view,
    ),
    ...section('Locals', valueTree(event.locals, seen, paint), view, 'none in this frame'),
    ...section('Stack', stackScreen(event.stack, paint), view, 'none was captured'),
    ...hints([...event.locals, ...watched]).map((hint) => paint('gray', hint)),
  ];
}

function origin({ id, agentId, service, host, event }: StoredEvent, { paint, timeZone }: View): readonly string[] {
  const atMs = Number(BigInt(event.timeNs) / 1_000_000n);
  const trace = event.traceId ? ` · trace ${event.traceId}${event.spanId ? ` span ${event.spanId}` : ''}` : '';
  const thread = event.thread === 'main' ? '' : ` · ${printable(event.thread)}`;
  return [
    `  ${instant(atMs, timeZone)} · ${printable(service)} on ${printable(host)} (${agentId})${thread}${trace}`,
    `  ${paint('gray', `event ${id} of probe ${event.probeId}`)}`,
  ];
}

function section(title: string, lines: readonly string[], { paint }: View, empty?: string): readonly string[] {
  if (lines.length === 0 && empty === undefined) return [];
  const body = lines.length > 0 ? lines : [paint('gray', empty ?? '')];
  return ['', `  ${paint('underline', title)}`, ...body.map((line) => `    ${line}`)];
}

function failedWatch({ expression, problem }: WatchResult, view: View): readonly string[] {
  const why = problem ? problemLines(problem, view.paint, expression) : ['no value'];
  return [`${view.paint('bold', printable(expression))}  ${view.paint('red', why[0] ?? '')}`, ...why.slice(1)];
}

const hintTexts: { readonly [reason in MissingReason]?: string } = {
  depth: 'deeper values: --depth N reads more levels',
  count: 'more of them: --fields N and --elements N read more of each',
  size: 'longer texts: --characters N reads more of each',
  time: 'out of time: watch just what you need, the capture has a few milliseconds',
  redacted: 'redacted: masked inside the process; the value never left it',
};

function hints(fields: readonly CapturedField[]): readonly string[] {
  const reasons = new Set<MissingReason>();
  const visit = (value: CapturedValue): void => {
    if (value.missing) reasons.add(value.missing);
    for (const field of value.fields ?? []) visit(field.value);
    for (const element of value.elements ?? []) visit(element);
    for (const entry of value.entries ?? []) {
      visit(entry.key);
      visit(entry.value);
    }
  };
  for (const { value } of fields) visit(value);
  const texts = [...reasons].flatMap((reason) => hintTexts[reason] ?? []);
  return texts.length > 0 ? ['', ...texts.map((text) => `  ${text}`)] : [];
}
