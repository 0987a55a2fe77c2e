/** The parts of a captured value that the demo looks into, as `--json` prints them. */
interface Captured {
  readonly type: string;
  readonly text?: string;
  readonly missing?: string;
  readonly fields?: readonly { readonly name: string; readonly value: Captured }[];
  readonly elements?: readonly Captured[];
}

export interface ShownEvent {
  readonly id: string;
  readonly event: {
    readonly kind: string;
    readonly traceId?: string;
    readonly message?: string;
    readonly locals?: readonly { readonly name: string; readonly value: Captured }[];
    readonly watches?: readonly { readonly expression: string; readonly value?: Captured }[];
  };
}

/** What is wrong with the snapshot of a wrongly charged order; empty when the evidence is right. */
export function faultsOfSnapshot({ event }: ShownEvent): string[] {
  const order = event.locals?.find(({ name }) => name === 'order')?.value;
  const number = (name: string) => Number(field(order, name)?.text);
  const kinds = event.watches?.find(({ expression }) => expression === 'order.adjustments')?.value?.elements ?? [];
  const coupons = kinds.filter((adjustment) => field(adjustment, 'kind')?.text === 'coupon');
  const password = field(field(order, 'customer'), 'password');
  return [
    ...(number('discount') > number('subtotal') * 0.4 ? [] : ['the order in the snapshot has no discount above 40 %']),
    ...(coupons.length > 1 ? [] : ['the watch does not show the coupon counted more than once']),
    ...(password?.missing === 'redacted' && password.text === undefined ? [] : ['the password is not redacted']),
    ...(event.traceId ? [] : ['the snapshot does not carry the id of its trace']),
  ];
}

/** The same for the lines of the dynamic log. */
export function faultsOfLogs(events: readonly ShownEvent[]): string[] {
  const line = /^Processing order \S+ with status \w+ at tax rate 0(\.\d+)?$/;
  return events.flatMap(({ event }) =>
    line.test(event.message ?? '') ? [] : [`unexpected log line: ${event.message}`],
  );
}

function field(value: Captured | undefined, name: string): Captured | undefined {
  return value?.fields?.find((candidate) => candidate.name === name)?.value;
}
