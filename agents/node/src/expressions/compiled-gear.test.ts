import { afterEach, describe, expect, it } from 'vitest';
import { createRedaction } from '../redaction/redaction.ts';
import { createEvaluator } from './evaluator.ts';
import { prepareExpression } from './prepare-expression.ts';
import type { Sandbox } from './sandbox.ts';

const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
/** Says which expressions the compiled gear hands on. */
const handedOn: Sandbox = {
  evaluate: () => ({ kind: 'value', value: 'sandbox' }),
  evaluateAll: () => ({ kind: 'value', value: ['sandbox', 'sandbox'] }),
  isBusy: () => false,
  close: () => {},
};

function evaluate(text: string, values: { readonly [name: string]: unknown }): unknown {
  const names = Object.keys(values);
  const prepared = prepareExpression(text, { redaction, knownNames: names });
  if (prepared.kind === 'refused') throw new Error(prepared.problems[0]?.message);
  expect(prepared.gear).toBe('compiled');
  const evaluator = createEvaluator({ expressions: [prepared], names, sandbox: handedOn, redaction });
  const [result] = evaluator.evaluate(Object.values(values));
  return result?.kind === 'value' ? result.value : result?.problem.code;
}

let runs = 0;
const run = (): never => {
  runs += 1;
  throw new Error('the application ran');
};
afterEach(() => {
  runs = 0;
});

class Order {
  id = 7;
  total = 99;
  items = [{ price: 2 }, { price: 5 }];
  byCode = new Map([['a', { price: 1 }]]);
  get tax(): number {
    return run();
  }
}
const order = new Order();

describe('the compiled gear', () => {
  it.each<[string, unknown]>([
    ['order.total > 10 && order.items.length === 2', true],
    ['order.items[1].price + 1', 6],
    ['order["items"][key].price', 2],
    ['order?.nothing?.deep.deeper', undefined],
    ['(order?.nothing)?.x', undefined],
    ['nothing?.[key].x', undefined],
    ['nothing?.trim().length', undefined],
    ['nothing == null', true],
    ['order != undefined', true],
    ['order === order ? "same" : "other"', 'same'],
    ['nothing ?? "none"', 'none'],
    ['-order.total', -99],
    ['~key', -1],
    ['!order', false],
    ['typeof order.nothing', 'undefined'],
    [`\`\${order.id}/\${text}\``, '7/Ada'],
    ['text + 1', 'Ada1'],
    ['text < "B"', true],
    ['text.startsWith("A") && text.length === 3 && text[0] === "A"', true],
    ['text.toUpperCase().includes("DA")', true],
    ['order.items.some(i => i.price > key + 4)', true],
    ['order.items.every(i => i.price > 2)', false],
    ['order.items.find(i => order.items.some(j => j.price > i.price)).price', 2],
    ['order.items.map((i, index) => i.price * index).join("-")', '0-5'],
    ['order.items.filter(i => i.price > 2).length', 1],
    ['order.byCode.get("a").price', 1],
    ['order.byCode.size', 1],
    ['list.includes(NaN)', true],
    ['list.at(-1)', 3],
    ['bytes.length', 2],
    ['Math.max(key, order.id)', 7],
    ['Number("12") + parseInt("3")', 15],
    ['Array.isArray(list)', true],
    ['Object.keys(order).length', 4],
    ['order.constructor.name', 'Order'],
    ['[key, text][1]', 'Ada'],
    ['({ a: { b: key } }).a.b', 0],
    ['5n * 2n', 10n],
    ['1 - -1', 2],
    ['key / 0', Number.NaN],
    ['undefined', undefined],
  ])('%s', (text, expected) => {
    const bytes = new Uint8Array(2);
    const values = { order, key: 0, text: 'Ada', nothing: undefined, list: [1, Number.NaN, 3], bytes };
    expect(evaluate(text, values)).toEqual(expected);
  });

  it.each<readonly [string, readonly [string, unknown]]>([
    ['an accessor of the class', ['x.tax', order]],
    ['an own accessor', ['x.a', Object.defineProperty({}, 'a', { get: run })]],
    ['a proxy', ['x.a', new Proxy({}, { get: run, getOwnPropertyDescriptor: run, getPrototypeOf: run })]],
    ['a proxy on the chain', ['x.a', Object.create(new Proxy({}, { get: run, getOwnPropertyDescriptor: run }))]],
    ['a valueOf', ['x > 1', { valueOf: run }]],
    ['a toString', [`\`\${x}\``, { toString: run }]],
    ['a conversion in an equality', ['x == 1', { [Symbol.toPrimitive]: run }]],
    ['a conversion of an argument', ['Math.max(x, 1)', { valueOf: run }]],
    ['a method that was replaced', ['x.includes(1)', Object.assign([1], { includes: run })]],
    ['a method of the same name', ['x.get("a")', { get: run }]],
    ['an accessor in a list', ['x.includes(2)', Object.defineProperty([1], 0, { get: run })]],
    ['a long list', ['x.includes(-1)', Array.from({ length: 2_000 }, () => 1)]],
    ['a key with a toString', ['list[x]', { toString: run }]],
  ])('leaves %s to the sandbox and runs none of it', (_, [text, x]) => {
    expect(evaluate(text, { x, list: [] })).toBe('sandbox');
    expect(runs).toBe(0);
  });

  it('says what went wrong where a plain read would throw', () => {
    expect(evaluate('x.a.b', { x: {} })).toBe('expression.threw');
    expect(evaluate('x + 1n', { x: 1 })).toBe('expression.threw');
    expect(evaluate('x + ""', { x: Symbol('s') })).toBe('expression.threw');
  });

  it('refuses a redacted name that is only known when the line runs', () => {
    const x = { password: 'hunter2', map: new Map([['token', 1]]) };
    expect(evaluate('x[key]', { x, key: 'pass_word' })).toBe('expression.redacted');
    expect(evaluate('x.map.get(key)', { x, key: 'token' })).toBe('expression.redacted');
    expect(evaluate('x[key]', { x, key: 'constructor' })).toBe('expression.redacted');
  });

  it('compiles a comparison of a local to the comparison itself', () => {
    const prepared = prepareExpression('total > 1e12', { redaction, knownNames: ['total'] });
    if (prepared.kind === 'refused') throw new Error('refused');
    const compiled = prepared.compile((name) => `v_${name}`);
    expect(compiled?.source).toBe(
      "(typeof v_total === 'number' ? v_total > 1000000000000 : $gt(v_total, 1000000000000))",
    );
    expect(compiled?.captures.map(({ name }) => name)).toEqual(['$gt']);
  });
});
