import inspector from 'node:inspector';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createRedaction } from '../redaction/redaction.ts';
import { createEvaluator } from './evaluator.ts';
import { prepareExpression } from './prepare-expression.ts';
import { createSandbox } from './sandbox.ts';

const redaction = createRedaction({ version: 0, names: [], exceptNames: [] });
// Long enough for a machine that is busy with other things; an endless loop still ends.
const sandbox = createSandbox({ inspector, timeoutMs: 250 });
afterAll(() => sandbox.close());

class Order {
  id = 7;
  items = [3, 1];
  #cached: number | undefined;
  pattern = /a/g;
  getId() {
    return `O-${this.id}`;
  }
  get tax() {
    return this.items.length * 2;
  }
  self() {
    return this;
  }
  write() {
    this.id = 8;
  }
  quietly() {
    try {
      this.id = 9;
    } catch {
      return 'hidden';
    }
    return 'done';
  }
  memo() {
    this.#cached ??= 5;
    return this.#cached;
  }
  sortInPlace() {
    return this.items.sort();
  }
  test() {
    return this.pattern.test('a');
  }
  print() {
    console.log('printed');
  }
  later() {
    queueMicrotask(() => {
      this.id = 10;
    });
  }
  loop() {
    for (;;);
  }
  deep(): number {
    return this.deep() + 1;
  }
  boom() {
    throw new TypeError(`no order ${this.id}`);
  }
  async load() {
    return 1;
  }
  lookUp(name: string) {
    return `${name}!`;
  }
}

const order = new Order();
const values: { readonly [name: string]: unknown } = {
  order,
  calculateTax: (subject: Order) => subject.items.reduce((sum, item) => sum + item, 0) / 10,
  key: 'pass_word',
  long: 'x'.repeat(50_000),
};

function evaluateAll(...texts: readonly string[]) {
  const names = Object.keys(values);
  const expressions = texts.map((text) => {
    const prepared = prepareExpression(text, { redaction, knownNames: names, field: 'template' });
    if (prepared.kind === 'refused') throw new Error(prepared.problems[0]?.message);
    return prepared;
  });
  return createEvaluator({ expressions, names, sandbox, redaction }).evaluate(Object.values(values));
}

function valueFrom(text: string): unknown {
  const [result] = evaluateAll(text);
  return result?.kind === 'value' ? result.value : result?.problem.code;
}

const formatter = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
afterEach(() => {
  if (formatter === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
  else Object.defineProperty(Error, 'prepareStackTrace', formatter);
});

describe('the sandbox', () => {
  it.each<[string, unknown]>([
    ['order.getId()', 'O-7'],
    ['order.tax', 4],
    ['calculateTax(order)', 0.4],
    ['order.lookUp(-0)', '0!'],
    ['order.items.toSorted().length', 2],
    ['order.items.reduce((sum, item) => sum + item, 0)', 4],
    ['-order.lookUp("x").indexOf("x")', -0],
    ['order.getId() in order', false],
    ['order.nothing?.go()', undefined],
    ['order.lookUp("\ud800")', '\ud800!'],
    ['order.lookUp(long).length', 50_001],
  ])('%s', (text, expected) => expect(valueFrom(text)).toEqual(expected));

  it('gives the object itself, not a copy', () => {
    expect(valueFrom('order.self()')).toBe(order);
    expect(valueFrom('order.load()')).toBeInstanceOf(Promise);
  });

  it.each(['write', 'quietly', 'memo', 'sortInPlace', 'test', 'print', 'later'])(
    'refuses %s(), which writes',
    (name) => {
      const before = JSON.stringify(order);
      expect(valueFrom(`order.${name}()`)).toBe('expression.side-effect');
      expect(JSON.stringify(order)).toBe(before);
    },
  );

  it('ends an endless loop and an endless recursion', () => {
    expect(valueFrom('order.loop()')).toBe('expression.timeout');
    // Which of the two ends it first is a matter of the machine.
    expect(['expression.threw', 'expression.timeout']).toContain(valueFrom('order.deep()'));
    expect(valueFrom('order.getId()')).toBe('O-7');
  });

  it('tells what the application threw', () => {
    const [result] = evaluateAll('order.boom()');
    expect(result).toMatchObject({
      problem: {
        code: 'expression.threw',
        field: 'template',
        message: 'order.boom(): TypeError was thrown; its message stays in the process, for it may hold anything',
      },
    });
  });

  it('evaluates the calls of a template together, and apart where one of them fails', () => {
    expect(evaluateAll('order.getId()', 'calculateTax(order)', 'order.id', 'order.items.toSorted()')).toEqual([
      { kind: 'value', value: 'O-7' },
      { kind: 'value', value: 0.4 },
      { kind: 'value', value: 7 },
      { kind: 'value', value: [1, 3] },
    ]);
    expect(evaluateAll('order.getId()', 'order.write()', 'order.tax')).toMatchObject([
      { value: 'O-7' },
      { problem: { code: 'expression.side-effect' } },
      { value: 4 },
    ]);
  });

  it('refuses redacted names that are only known when the line runs', () => {
    expect(valueFrom('order.self()[key]')).toBe('expression.redacted');
    expect(valueFrom('order.lookUp(key)')).toBe('expression.redacted');
  });

  it('runs no formatter of the application when it refuses, and leaves it as it was', () => {
    let runs = 0;
    const get = () => () => {
      runs += 1;
    };
    Object.defineProperty(Error, 'prepareStackTrace', { get, configurable: true });
    expect(valueFrom('order.write()')).toBe('expression.side-effect');
    expect(valueFrom('order.boom()')).toBe('expression.threw');
    expect(runs).toBe(0);
    expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')?.get).toBe(get);
  });

  it('says that it is busy while it runs, and evaluates nothing inside of itself', () => {
    let inside: unknown;
    const result = sandbox.evaluate(() => {
      inside = 'a write that V8 refuses';
      return sandbox.isBusy();
    }, []);
    expect(result.kind).toBe('side-effect');
    expect(inside).toBeUndefined();
    expect(sandbox.evaluate(() => sandbox.isBusy(), [])).toEqual({ kind: 'value', value: true });
    expect(sandbox.evaluate(() => sandbox.evaluate(() => 1, []).kind, [])).toEqual({
      kind: 'value',
      value: 'unavailable',
    });
    expect(sandbox.isBusy()).toBe(false);
  });

  it('runs no microtask of the application', async () => {
    let ran = false;
    const microtask = Promise.resolve().then(() => {
      ran = true;
    });
    valueFrom('order.getId()');
    valueFrom('order.self()');
    expect(ran).toBe(false);
    await microtask;
  });

  it('works beside a session of the application, and leaves no trace after closing', () => {
    const session = new inspector.Session();
    session.connect();
    session.post('Debugger.enable');
    const before = Object.getOwnPropertyNames(globalThis);
    const own = createSandbox({ inspector, timeoutMs: 250 });
    expect(own.evaluate(() => 1, [])).toEqual({ kind: 'value', value: 1 });
    own.close();
    expect(own.evaluate(() => 1, [])).toEqual({ kind: 'unavailable' });
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
    session.disconnect();
  });

  it('is unavailable, and says so, where there is no inspector', () => {
    class Session {
      constructor() {
        throw new Error('no inspector');
      }
      connect() {}
      disconnect() {}
      post() {}
    }
    const none = createSandbox({ inspector: { Session }, timeoutMs: 10 });
    expect(none.evaluate(() => 1, [])).toEqual({ kind: 'unavailable' });
    none.close();
  });
});
