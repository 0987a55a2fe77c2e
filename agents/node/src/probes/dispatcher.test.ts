import { expect, it, vi } from 'vitest';
import { compileDispatcher } from './dispatcher.ts';

it('runs only the programs of the site that was hit, with its values', () => {
  const seen: unknown[] = [];
  const record = (...values: unknown[]) => seen.push(values);
  const hook = compileDispatcher(
    [
      { site: 3, statements: (c) => `${c('record')}("three",a0,a1);`, constants: { record }, shared: new Map() },
      { site: 7, statements: (c) => `${c('record')}("seven",a0);`, constants: { record }, shared: new Map() },
    ],
    2,
  );
  hook(3, 'x', 'y');
  hook(7, 'z');
  hook(8, 'nobody');
  expect(seen).toEqual([
    ['three', 'x', 'y'],
    ['seven', 'z'],
  ]);
});

it('keeps constants of the same name apart', () => {
  const first = vi.fn();
  const second = vi.fn();
  const hook = compileDispatcher(
    [
      { site: 1, statements: (c) => `${c('hit')}();`, constants: { hit: first }, shared: new Map() },
      { site: 1, statements: (c) => `${c('hit')}();`, constants: { hit: second }, shared: new Map() },
    ],
    0,
  );
  hook(1);
  expect(first).toHaveBeenCalledOnce();
  expect(second).toHaveBeenCalledOnce();
});

it('gives every program the shared constants under their own names', () => {
  const seen: unknown[] = [];
  const shared = new Map<string, unknown>([['$read', (value: unknown) => seen.push(value)]]);
  const program = { site: 1, statements: () => '$read(a0);', constants: {}, shared };
  compileDispatcher([program, program], 1)(1, 'x');
  expect(seen).toEqual(['x', 'x']);
});
