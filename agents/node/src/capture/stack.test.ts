import { afterEach, describe, expect, it } from 'vitest';
import { createStackCapture } from './stack.ts';

const { captureStack } = createStackCapture((file) => file.includes('node_modules'));

function probe(maxFrames = 10) {
  return captureStack(probe, maxFrames);
}

class Order {
  price() {
    return probe();
  }
}

const keys = ['prepareStackTrace', 'stackTraceLimit'] as const;
const before = keys.map((key) => Object.getOwnPropertyDescriptor(Error, key));
afterEach(() => {
  for (const [index, key] of keys.entries()) {
    const descriptor = before[index];
    if (descriptor === undefined) Reflect.deleteProperty(Error, key);
    else Object.defineProperty(Error, key, descriptor);
  }
});

describe('the stack', () => {
  it('begins above the function that asks and names file, line and column', () => {
    function outer() {
      return probe();
    }
    const [first] = outer();
    expect(first?.function).toBe('outer');
    expect(first?.file).toMatch(/^(?!file:).*stack\.test\.ts$/);
    expect(first?.line).toBeGreaterThan(1);
    expect(first?.column).toBeGreaterThan(1);
  });

  it('names methods with their class, constructors and asynchronous callers', async () => {
    class Built {
      readonly frames = probe();
    }
    async function caller() {
      await null;
      return probe();
    }
    async function outer() {
      return await caller();
    }
    expect(new Order().price()[0]?.function).toBe('Order.price');
    expect(new Built().frames.map((frame) => frame.function)).toContain('new Built');
    expect((await outer()).map((frame) => frame.function)).toEqual(expect.arrayContaining(['caller', 'async outer']));
  });

  it('has no more frames than asked for, and none of the agent or of the inside of Node', () => {
    expect(probe(1)).toHaveLength(1);
    for (const { file } of probe(200)) expect(file ?? '').not.toMatch(/node_modules|^node:internal/);
  });

  it('neither runs, reads nor changes what the application put on Error', () => {
    let runs = 0;
    for (const key of keys) {
      const get = () => {
        runs += 1;
        return undefined;
      };
      Object.defineProperty(Error, key, { get, set: get, configurable: true });
    }
    const accessors = keys.map((key) => Object.getOwnPropertyDescriptor(Error, key));
    const frames = new Order().price();
    const after = keys.map((key) => Object.getOwnPropertyDescriptor(Error, key));
    expect(frames[0]?.function).toBe('Order.price');
    expect(runs).toBe(0);
    expect(after).toEqual(accessors);
  });

  it('does not depend on the length of stacks that the application chose', () => {
    Error.stackTraceLimit = 0;
    expect(probe().length).toBeGreaterThan(1);
  });
});
