import type { ProbeDraft } from '@sonde/protocol/agent';

/** One kind of work at the timed line, said in each of the three ways. */
export interface Subject {
  readonly name: 'no-op' | 'false-condition' | 'log';
  readonly handWritten: string;
  /** As the condition of V8's own breakpoint. It always comes out false: with a true one V8 would pause. */
  readonly breakpoint: string;
  readonly probe: DistributiveOmit<ProbeDraft, 'location'>;
  /** Every call leaves a line. */
  readonly leavesLines: boolean;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const line = { kind: 'log', template: 'order {order} costs {total} cents', level: 'info' } as const;

/** A condition that never holds, so that only getting to it is paid. By hand: a call of an empty function. */
const noOp: Subject = {
  name: 'no-op',
  handWritten: 'handWritten.nothing(total);',
  breakpoint: 'false',
  probe: { ...line, condition: 'false' },
  leavesLines: false,
};

const falseCondition: Subject = {
  name: 'false-condition',
  handWritten: 'if (total > 1e12) handWritten.hit(total);',
  breakpoint: 'total > 1e12 && ++globalThis.breakpointHits < 0',
  probe: { ...line, condition: 'total > 1e12' },
  leavesLines: false,
};

const log: Subject = {
  name: 'log',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a statement
  handWritten: 'handWritten.log(`order ${order} costs ${total} cents`);',
  breakpoint: 'globalThis.logFromBreakpoint(order, total), false',
  probe: line,
  leavesLines: true,
};

export const subjects: readonly Subject[] = [noOp, falseCondition, log];

/** The text of the line that an order leaves. */
export function expectedLine(order: number): string {
  return `order ${order} costs ${(order & 7) * price(order)} cents`;
}

/** What the program's calls for these orders add up to, in 32 bits. */
export function expectedSum(firstOrder: number, calls: number): number {
  let sum = 0;
  for (let order = firstOrder; order < firstOrder + calls; order++) sum = (sum + (order & 7) * price(order)) | 0;
  return sum;
}

/** The prices of `targets/hit/order-total.mjs`. */
function price(order: number): number {
  return 995 + (((order & 1023) * 7919) % 24_000);
}
