import { expect, it } from 'vitest';
import type { SiteProgram } from './dispatcher.ts';
import { Dispatchers } from './dispatchers.ts';
import type { GuardHook } from './guard-cells.ts';

function program(text: string, hits: unknown[] = []): SiteProgram {
  return { site: 0, statements: (constant) => `${constant('hits')}.${text};`, constants: { hits }, shared: new Map() };
}

it('keeps the other programs of a cell standing when one does not compile', () => {
  const cells = new Map<string, GuardHook | undefined>();
  const dispatchers = new Dispatchers(
    {
      declare: () => {},
      set: (cell, hook) => {
        cells.set(cell, hook);
        return true;
      },
    },
    () => false,
  );
  const hits: unknown[] = [];
  dispatchers.install('cell', 1, program('push(a0)', hits));
  expect(() => dispatchers.install('cell', 1, program('not a statement'))).toThrow(SyntaxError);
  cells.get('cell')?.(0, 'value');
  expect(hits).toEqual(['value']);
});
