import { expect, test } from 'vitest';
import { faultsOfLogs, faultsOfSnapshot, type ShownEvent } from './evidence.ts';

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown) => ({ type: typeof value, text: String(value) });

function object(fields: Fields) {
  return { type: 'object', fields: Object.entries(fields).map(([name, value]) => ({ name, value: value as never })) };
}

interface Scene {
  readonly discount?: number;
  readonly coupons?: number;
  readonly password?: object;
  readonly traceId?: string | undefined;
}

/** A snapshot as the fault of the shop gives it, but for what is said. */
function snapshot(scene: Scene = {}): ShownEvent {
  const { discount = 1_851, coupons = 2, password = { type: 'string', missing: 'redacted' } } = scene;
  const kinds = ['bulk', ...Array.from({ length: coupons }, () => 'coupon')];
  const order = object({ discount: text(discount), subtotal: text(3_008), customer: object({ password }) });
  const adjustments = { type: 'array', elements: kinds.map((kind) => object({ kind: text(kind) })) };
  const traceId = 'traceId' in scene ? scene.traceId : '9a8326eee08d14b266eeca39ae3f7e50';
  return {
    id: 'e_00000000001',
    event: {
      kind: 'snapshot',
      ...(traceId && { traceId }),
      locals: [{ name: 'order', value: order }],
      watches: [{ expression: 'order.adjustments', value: adjustments }],
    },
  };
}

test('the evidence of the fault is right', () => {
  expect(faultsOfSnapshot(snapshot())).toEqual([]);
});

test.each<[string, Scene, string]>([
  ['an order with a fair discount', { discount: 1_090 }, 'the order in the snapshot has no discount above 40 %'],
  ['a coupon counted once', { coupons: 1 }, 'the watch does not show the coupon counted more than once'],
  ['a password in the clear', { password: text('hunter2') }, 'the password is not redacted'],
  [
    'a password that is marked, and there',
    { password: { ...text('h'), missing: 'redacted' } },
    'the password is not redacted',
  ],
  ['no trace', { traceId: undefined }, 'the snapshot does not carry the id of its trace'],
])('%s is named as wrong', (_, scene, fault) => {
  expect(faultsOfSnapshot(snapshot(scene))).toEqual([fault]);
});

test('a snapshot without anything is wrong in every way', () => {
  expect(faultsOfSnapshot({ id: 'e', event: { kind: 'snapshot' } })).toHaveLength(4);
});

test('a log line that says something else, or nothing, is named', () => {
  const line = (message: string): ShownEvent => ({ id: 'e', event: { kind: 'log', message } });
  const right = line('Processing order ord-7 with status priced at tax rate 0.19');
  expect(faultsOfLogs([right, line('Processing order ord-7 with status priced at tax rate 0')])).toEqual([]);
  const wrong = 'Processing order ord-7 with status priced at tax rate {expression failed}';
  expect(faultsOfLogs([right, line(wrong)])).toEqual([`unexpected log line: ${wrong}`]);
  expect(faultsOfLogs([{ id: 'e', event: { kind: 'log' } }])).toEqual(['unexpected log line: undefined']);
});
