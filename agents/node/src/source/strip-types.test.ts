import { expect, it } from 'vitest';
import type { ModuleHost } from './module-host.ts';
import { type TypeScriptRuntime, typeStripper } from './strip-types.ts';

const experimental = 'stripTypeScriptTypes is an experimental feature and might change at any time';

function setUp(typescript: 'strip' | 'transform') {
  const warnings: string[] = [];
  const calls: object[] = [];
  const runtime: TypeScriptRuntime = {
    features: { typescript },
    emitWarning: (warning) => warnings.push(String(warning)),
  };
  let first = true;
  const host: ModuleHost = {
    prototype: { _compile: () => undefined },
    stripTypeScriptTypes: (code, options) => {
      calls.push(options);
      if (first) {
        first = false;
        runtime.emitWarning(experimental, 'ExperimentalWarning');
        runtime.emitWarning('something else');
      }
      if (code === 'enum') {
        throw new SyntaxError('not erasable');
      }
      return code;
    },
  };
  return { warnings, calls, runtime, host, strip: typeStripper(host, runtime) };
}

it('holds back the one warning that is about its own call, and no other', () => {
  const { strip, warnings, runtime } = setUp('strip');
  const { emitWarning } = runtime;
  strip?.('a', 'file:///a.ts');
  expect(warnings).toEqual(['something else']);
  expect(runtime.emitWarning).toBe(emitWarning);
});

it('lets the application have the warning once, when it calls the function itself', () => {
  const { strip, host, warnings } = setUp('strip');
  strip?.('a', 'file:///a.ts');
  strip?.('b', 'file:///b.ts');
  host.stripTypeScriptTypes?.('c', { mode: 'strip', sourceUrl: '' });
  host.stripTypeScriptTypes?.('d', { mode: 'strip', sourceUrl: '' });
  expect(warnings.filter((warning) => warning === experimental)).toHaveLength(1);
  expect(host.stripTypeScriptTypes?.name).toBe('stripTypeScriptTypes');
});

it('puts emitWarning back when the types cannot be erased', () => {
  const { strip, runtime } = setUp('strip');
  const { emitWarning } = runtime;
  expect(() => strip?.('enum', 'file:///a.ts')).toThrow('not erasable');
  expect(runtime.emitWarning).toBe(emitWarning);
});

it('transforms, with a map, where Node was told to', () => {
  const { strip, calls } = setUp('transform');
  strip?.('a', 'file:///a.ts');
  expect(calls).toEqual([{ mode: 'transform', sourceMap: true, sourceUrl: 'file:///a.ts' }]);
});

it('is not there where Node knows no TypeScript', () => {
  const { runtime } = setUp('strip');
  expect(typeStripper({ prototype: { _compile: () => undefined } }, runtime)).toBeUndefined();
});
