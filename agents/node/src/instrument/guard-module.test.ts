import { describe, expect, it } from 'vitest';
import { type GuardedModule, guardModule } from './guard-module.ts';
import type { ModuleKind } from './parse.ts';
import { TransformError } from './transform-error.ts';

function guard(code: string, moduleKind: ModuleKind = 'module'): GuardedModule {
  return guardModule({ code, moduleKind, moduleId: 'm' });
}

/** The guarded code with each guard shortened to `<arguments>`, and the module's accessor to `[names]`. */
function short(code: string, moduleKind: ModuleKind = 'module'): string {
  return guard(code, moduleKind)
    .code.replace(/if\(typeof (\w+)==='function'\)\1\((.*)\);(?=}*$|\s*[;\n/])/gm, '<$2>')
    .replace(/\(typeof (\w+)==='function'&&\1\((.*)\),$/gm, '(<$2>')
    .replace(/__sonde_m_m/g, 'M')
    .replace(
      /function M\(\$k\)\{switch\(\$k\)\{(.*)\}\}/,
      (_all, cases: string) => `[${[...cases.matchAll(/case"(.*?)"/g)].map((m) => m[1]).join()}]`,
    );
}

function namesOnLine(module: GuardedModule, line: number): readonly string[] | undefined {
  return module.sites.find((site) => site.line === line)?.names;
}

describe('placement', () => {
  it('writes the guard behind the last token of an earlier line, with the parameters', () => {
    expect(guard('function f(a, b) {\n  return a;\n}').code).toBe(
      "function f(a, b) {if(typeof __sonde_m_0==='function')__sonde_m_0(0,a,b);\n  return a;\n}",
    );
  });

  it('stands before a comment that ends the line', () => {
    expect(short('function f() {\n  g(); // why\n  /* so */ h();\n}')).toBe(
      'function f() {<0>\n  g();<1> // why\n  /* so */ h();\n}',
    );
  });

  it('adds the semicolon that the statement before leaves out', () => {
    expect(short('function f(x) {\n  x = {}\n  x++\n  do g(); while (x)\n  return x\n}')).toBe(
      'function f(x) {<0,x>\n  x = {};<1,x>\n  x++;<2,x>\n  do g(); while (x)<3,x>\n  return x\n}',
    );
  });

  it('guards only the first statement of a line, and none that shares it with an earlier token', () => {
    expect(
      short(
        'function f() {\n  g(); h();\n}\nfunction k() { g(); }\nconst a = (x) => x + 1;\nconst b = (x) => { g(); };',
      ),
    ).toBe(
      'function f() {<0>\n  g(); h();\n}\nfunction k() { g(); }\nconst a = (x) => x + 1;\nconst b = (x) => { g(); };',
    );
  });

  it('wraps a statement that stands alone, else branches included', () => {
    expect(
      short(
        'function f(a) {\n  if (a)\n    if (a.b) g()\n    else\n      h();\n  else\n    for (;;)\n      k()\n  m();\n}',
      ),
    ).toBe(
      'function f(a) {<0,a>\n  if (a){<1,a>\n    if (a.b) g()\n    else{<2,a>\n      h();}}\n  else{<3,a>\n    for (;;){<4,a>\n      k()}};<5,a>\n  m();\n}',
    );
  });

  it('leaves a lone statement alone when its closing brace would move code', () => {
    expect(short('function f(a) {\n  if (a)\n    g(); else h();\n}')).toBe(
      'function f(a) {<0,a>\n  if (a)\n    g(); else h();\n}',
    );
  });

  it('never comes between a label and its loop', () => {
    expect(short('function f() {\n  outer:\n  for (;;) {\n    break outer;\n  }\n}')).toBe(
      'function f() {<0>\n  outer:\n  for (;;) {<1>\n    break outer;\n  }\n}',
    );
  });

  it('guards an arrow function whose expression starts on its own line', () => {
    expect(short('const f = (xs) =>\n  xs.map((x) =>\n    x + 1,\n  );')).toBe(
      'const f = (xs) =>(<0,xs>\n  xs.map((x) =>(<1,x>\n    x + 1),\n  ));',
    );
  });

  it('leaves an arrow function in parentheses alone', () => {
    expect(short('const f = (x) => (\n  x + 1\n);\nconst g = (x) => ({\n  x,\n});')).toBe(
      'const f = (x) => (\n  x + 1\n);\nconst g = (x) => ({\n  x,\n});',
    );
  });

  it('keeps directives first', () => {
    expect(short("'use strict'\nf()\nfunction f() {\n  'use strict';\n  g();\n}", 'commonjs')).toBe(
      "'use strict';<0,f>\nf()\nfunction f() {\n  'use strict';<1>\n  g();\n}",
    );
  });

  it('keeps the hashbang line and the line of the first statement', () => {
    expect(short('#!/usr/bin/env node\nf();\ng();')).toBe('#!/usr/bin/env node\nf();<0>\ng();');
    expect(short('#!/usr/bin/env node\n\nf();')).toBe('#!/usr/bin/env node\n<0>\nf();');
  });

  it('keeps a source map comment last', () => {
    const { code } = guard('import a from "a";\nexport const f = () => {\n  return a;\n}\n//# sourceMappingURL=x.map');
    expect(code.split('\n').at(-1)).toBe('//# sourceMappingURL=x.map');
  });

  it('guards what runs at the top level, but not imports, functions and constants', () => {
    const code =
      'import a from "a";\nconst one = 1;\nconst two = () => 2;\nfunction f() {}\nexport { two };\nfor (const x of a) {\n  x.run();\n}\n;';
    expect(guard(code).sites.map(({ line }) => line)).toEqual([6, 7]);
  });

  it('reports the same line and column as in the original', () => {
    const { sites } = guard('const f = () => {\r\n    one();\r\n\ttwo();\r};');
    expect(sites.map(({ line, column }) => [line, column])).toEqual([
      [2, 5],
      [3, 2],
    ]);
  });
});

describe('names', () => {
  it('are passed from the line after their declaration on', () => {
    const module = guard('function f() {\n  let a = 1;\n  const b = 2;\n  return a;\n}');
    expect([2, 3, 4].map((line) => namesOnLine(module, line))).toEqual([[], ['a'], ['a', 'b']]);
  });

  it('of vars and nested functions are passed everywhere', () => {
    expect(namesOnLine(guard('function f() {\n  g();\n  var a = 1;\n  function h() {}\n}'), 2)).toEqual(['a', 'h']);
  });

  it('that a block declares later hide the outer ones', () => {
    const module = guard('function f(x, y) {\n  {\n    g();\n    let x = 1;\n    h();\n  }\n}');
    expect([3, 5].map((line) => namesOnLine(module, line))).toEqual([['y'], ['x', 'y']]);
  });

  it('of one case are not passed in the next', () => {
    const module = guard(
      'function f(x) {\n  switch (x) {\n    case 1:\n      let a = 1;\n      g();\n    case 2:\n      h();\n  }\n}',
    );
    expect([5, 7].map((line) => namesOnLine(module, line))).toEqual([['a', 'x'], ['x']]);
  });

  it('of one case are deferred in a function that a later case creates', () => {
    const code =
      'function f(x) {\n  switch (x) {\n    case 1:\n      let a = 1;\n    case 2:\n      return () => {\n        return a;\n      };\n  }\n}';
    expect(guard(code).sites.at(-1)).toMatchObject({ line: 7, outer: [], deferred: ['a'] });
  });

  it('of loop heads and catch clauses are passed in the body', () => {
    const module = guard(
      'function f(xs) {\n  for (const [a, { b = 1 }] of xs) {\n    g();\n  }\n  try {\n    g();\n  } catch ({ message, ...rest }) {\n    g();\n  }\n}',
    );
    expect([3, 6, 8].map((line) => namesOnLine(module, line))).toEqual([
      ['a', 'b', 'xs'],
      ['xs'],
      ['message', 'rest', 'xs'],
    ]);
  });

  it('of a function in a block are passed in that block only, and hide outer ones', () => {
    const module = guard('function f(x) {\n  {\n    g();\n    function x2() {}\n  }\n  return x2;\n}', 'commonjs');
    expect([3, 6].map((line) => namesOnLine(module, line))).toEqual([['x2', 'x'], ['x']]);
  });

  it('leave out what means something else in the guard', () => {
    expect(namesOnLine(guard('function f(arguments, await, yield) {\n  g();\n}', 'commonjs'), 2)).toEqual([]);
  });

  it('of enclosing functions are passed when the function uses them, and deferred when they can be in their dead zone', () => {
    const [site] = guard(
      'function f(a, unused) {\n  const b = 1; return () => {\n    g(a, b, late);\n  }; const late = 1;\n}',
    ).sites.filter(({ line }) => line === 3);
    expect(site).toMatchObject({ names: [], outer: ['a', 'b'], deferred: ['late'] });
  });

  it('of enclosing blocks are deferred in a function that is hoisted over them', () => {
    const [site] = guard('function f() {\n  h(); const b = 1; function h() {\n    return b;\n  }\n}').sites.filter(
      ({ line }) => line === 3,
    );
    expect(site).toMatchObject({ outer: [], deferred: ['b'] });
  });

  it('of enclosing functions are not passed where a block binds them anew', () => {
    const { sites } = guard(
      'function f(a) {\n  return () => {\n    a();\n    {\n      a2();\n      let a;\n    }\n  };\n}',
    );
    expect(sites.filter(({ line }) => line === 3 || line === 5).map(({ outer }) => outer)).toEqual([['a'], []]);
  });

  it('of later parameters are deferred in a default value', () => {
    const [site] = guard('function f(a = () => {\n  return b;\n}, b) {}').sites;
    expect(site).toMatchObject({ outer: [], deferred: ['b'] });
  });

  it('of the module are listed when a function uses them anyway, imports and exports always', () => {
    const code =
      'import a, { b as c } from "a";\nlet used = 1;\nlet unused = 1;\nexport let shown = 1;\nexport function f() {\n  return used;\n}';
    expect(new Set(guard(code).moduleNames)).toEqual(new Set(['a', 'c', 'used', 'shown', 'f']));
  });

  it('of Node’s wrapper are listed when a function uses them', () => {
    expect(guard('const f = () => {\n  return require("x");\n};', 'commonjs').moduleNames).toEqual(['require']);
  });

  it('of the module come through a function that is hoisted to its first line', () => {
    expect(short('let a = 1\nfunction f() {\n  return a\n}\nf()')).toBe(
      'let a = 1\nfunction f() {<0,M>\n  return a\n}<1,f,M>\nf();[a]',
    );
  });
});

describe('this', () => {
  const hasThis = (code: string): readonly boolean[] => guard(code).sites.map((site) => site.hasThis);

  it('is passed in methods, accessors and fields, and in functions that mention it', () => {
    expect(hasThis('class A {\n  m() {\n    g();\n  }\n  f = () => {\n    this.x();\n  };\n}').slice(-2)).toEqual([
      true,
      true,
    ]);
    expect(hasThis('function f() {\n  return () => this;\n}')).toEqual([true]);
    expect(hasThis('function f() {\n  return 1;\n}')).toEqual([false]);
  });

  it('is not passed in the constructor of a derived class, nor in its arrow functions', () => {
    expect(
      hasThis(
        'class A extends Object { constructor() {\n    const f = () => {\n      return this;\n    };\n    super();\n  }\n}',
      ),
    ).toEqual([false, false, false]);
  });

  it('is not passed in arrow functions that do not use it, nor at the top level', () => {
    expect(hasThis('class A { m() {\n    return () => {\n      g();\n    };\n  }\n}')).toEqual([true, false]);
    expect(hasThis('\nf(() => {\n  this;\n});')).toEqual([false, false]);
  });
});

describe('code that stays as it is', () => {
  const skipped = (code: string, kind: ModuleKind = 'commonjs') => guard(code, kind).skipped;

  it('is a function with `with`, direct eval or "use asm", and all functions inside', () => {
    const inside = (line: string) => `function f(o) {\n  ${line}\n  return () => {\n    g();\n  };\n}`;
    for (const [line, reason] of [
      ['with (o) g();', 'with'],
      ['eval("x");', 'eval'],
      ['"use asm";', 'asm'],
    ] as const) {
      const module = guard(inside(line), 'commonjs');
      expect(module.skipped).toEqual([{ line: 1, endLine: 6, reason }]);
      expect(module.code).toBe(inside(line));
    }
  });

  it('is a whole file with eval at its top', () => {
    expect(skipped('eval("1");\nfunction f() {\n  g();\n}')).toEqual([{ line: 1, endLine: 4, reason: 'eval' }]);
  });

  it('is a minified file', () => {
    const code = `function f(){${'g();'.repeat(200)}}\nf();`;
    expect(guard(code)).toMatchObject({ code, sites: [], skipped: [{ line: 1, endLine: 2, reason: 'minified' }] });
  });

  it('is a function that guards would make too large to be optimised; a smaller one passes fewer values', () => {
    const large = `function f() {\n${'  g();\n'.repeat(3000)}}\nfunction small() {\n  g();\n}`;
    expect(guard(large)).toMatchObject({
      functions: [{ name: 'small' }],
      skipped: [{ line: 1, endLine: 3002, reason: 'too-large' }],
    });
    const many = `function f() {\n${Array.from({ length: 400 }, (_, i) => `  const v${i} = g();\n`).join('')}}`;
    expect(guard(many).sites.at(-1)?.names.length).toBeLessThan(48);
    expect(guard(many).sites).toHaveLength(400);
  });

  it('is a function in which Node reads the names a CommonJS module exports', () => {
    const code = `Object.keys(a).forEach(function (key) {
  Object.defineProperty(exports, key, {
    get: function () {
      return a[key];
    },
  });
});
Object.defineProperty(exports, 'b', {
  enumerable: true,
  get: function () {
    return a.default;
  },
});`;
    expect(guard(code, 'commonjs').sites.map(({ line }) => line)).toEqual([8]);
    expect(skipped(code, 'module')).toEqual([]);
    expect(skipped(code)).toMatchObject([
      { line: 1, reason: 'export-detection' },
      { line: 10, reason: 'export-detection' },
    ]);
  });
});

describe('functions', () => {
  it('have a cell each and the name a person would say', () => {
    const { functions } = guard(
      'class Cart {\n  #sum() {\n    g();\n  }\n  static async *each() {\n    g();\n  }\n}\nexports.run = function () {\n  g();\n};\nconst api = { get: () => {\n  g();\n} };',
    );
    expect(
      functions.map(({ cell, name, line, endLine, async, generator }) => [cell, name, line, endLine, async, generator]),
    ).toEqual([
      ['__sonde_m_0', 'Cart.#sum', 2, 4, false, false],
      ['__sonde_m_1', 'Cart.each', 5, 7, true, true],
      ['__sonde_m_2', '(module)', 1, 14, false, false],
      ['__sonde_m_3', 'exports.run', 9, 11, false, false],
      ['__sonde_m_4', 'get', 12, 14, false, false],
    ]);
  });
});

describe('errors', () => {
  const codeOf = (code: string): unknown => {
    try {
      guard(code);
      return undefined;
    } catch (error) {
      return error instanceof TransformError ? error.code : error;
    }
  };

  it('are transform errors with a code', () => {
    expect(codeOf('let let = 1')).toBe('syntax');
    expect(codeOf(guard('function f() {\n  g();\n}').code)).toBe('already-guarded');
    // How deep is too deep depends on the stack that is left; either the parser or the walk gives up.
    expect(codeOf(`x = ${'!\n'.repeat(50_000)}0`)).toMatch(/syntax|internal/);
  });
});
