import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { guardModule } from './guard-module.ts';
import { siteArguments } from './site-arguments.ts';
import { type ActiveGuards, activateGuards } from './test-support/active-guards.ts';
import { requireGuarded, runCommonJs } from './test-support/commonjs-loader.ts';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const started: ActiveGuards[] = [];
afterEach(() => {
  for (const guards of started.splice(0)) guards.stop();
});

/** One of each construct a guard could disturb; every result goes to `out`. */
const program = `'use strict'
const out = []
const note = (label, value) => { out.push([label, value]) }
let moduleLet = 1
function deadZone(n) {
  const early = () => {
    try {
      return late
    } catch (error) {
      return error.name
    }
  }
  const before = early()
  hoisted()
  const late = n * 2
  function hoisted() {
    try {
      note('hoisted', late)
    } catch (error) {
      note('hoisted', error.name)
    }
  }
  hoisted()
  return [before, early()]
}
note('dead zone', deadZone(2))
function cases(x) {
  const seen = []
  switch (x) {
    case 1:
      let inner = 'one'
      seen.push(inner)
    case 2:
      try {
        inner
        seen.push('readable')
      } catch (error) {
        seen.push(error.name)
      }
      break
    default:
      seen.push('default')
  }
  return seen
}
note('switch', [cases(1), cases(2), cases(3)])
function lone(n) {
  let s = ''
  if (n > 2)
    if (n > 3)
      s += 'a'
    else
      s += 'b'
  else
    for (const c of 'xy')
      s += c
  do
    n--
  while (n > 0)
  outer:
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      if (j === 1)
        continue outer
      if (i === 2)
        break outer
      s += i + '' + j
    }
  return s
}
note('lone', [lone(1), lone(3), lone(4)])
class Base {
  #secret = 1
  static count = 0
  static {
    const start = 10
    this.count = start
  }
  constructor(n) {
    this.n = n
  }
  get double() {
    return this.n * 2
  }
  bump = () => {
    this.#secret += this.n
    return this.#secret
  }
}
class Derived extends Base {
  constructor(n) {
    const later = () => {
      return this.n
    }
    let failed
    try {
      later()
    } catch (error) {
      failed = error.name
    }
    super(n)
    note('derived', [failed, later(), this.double])
  }
}
note('class', [new Derived(3).bump(), Base.count])
const Expression = class Inner {
  static make() {
    return new Inner() instanceof Inner
  }
}
note('class expression', Expression.make())
function defaults(a, b = () => {
  return a + c
}, c = b2(a)) {
  return [a, b(), c]
}
function b2(v) {
  return v + 1
}
note('defaults', defaults(1))
note('lengths', [defaults.length, defaults.name, lone.name])
function* generate(n) {
  try {
    for (let i = 0; i < n; i++) {
      const got = yield i
      if (got)
        note('got', got)
    }
  } finally {
    note('closed', n)
  }
}
const iterator = generate(3)
note('generator', [iterator.next(), iterator.next('x'), iterator.return(7)])
function order() {
  const closures = []
  for (let i = 0; i < 3; i++) {
    closures.push(() =>
      i + moduleLet,
    )
  }
  return closures.map((f) =>
    f())
}
note('closures', order())
function shadow(value) {
  const results = []
  {
    results.push('before')
    let value2 = value
    var value3 = value2
    results.push(value2, value3)
  }
  try {
    throw { value: 'caught' }
  } catch ({ value }) {
    results.push(value)
  }
  return results
}
note('shadow', shadow('v'))
const object = {
  n: 1,
  method() {
    return [1, 2].map((x) => {
      return x + this.n
    })
  },
  set prop(v) {
    this.n = v
  },
}
object.prop = 5
note('object', object.method())
function asi() {
  let a = 1
  const b = {}
  a++
  ;[1, 2].forEach((x) => { a += x })
  return [a, b]
}
note('asi', asi())
function argumentsOf(a) {
  a = 9
  return [...arguments]
}
note('arguments', argumentsOf(1, 2))
function fail(n) {
  if (n === 0)
    throw new Error('x')
  return fail(n - 1)
}
try {
  fail(2)
} catch (error) {
  note('stack', error.stack.split('\\n').slice(1, 4).map((line) => line.replace(/.*:(\\d+):(\\d+)\\)?$/, '$1:$2')))
}
async function later(n) {
  const first = await n
  for await (const x of [first, Promise.resolve(2)]) {
    note('await', x)
  }
  return first
}
async function* each() {
  yield 1
  yield* [2, 3]
}
moduleLet = 2
`;
const commonJs = `${program}
module.exports = (async () => {
  note('async', await later(4))
  for await (const x of each())
    note('each', x)
  return JSON.stringify(out)
})()
// the end`;
const sloppy = `var out = []
function f(x) {
  if (x)
    function g() { return 'g' }
  var arguments2 = arguments.length
  x = 7
  out.push(arguments[0], arguments2, typeof g)
  return this === globalThis
}
out.push(f(1, 2), f(0))
var let_ = 3, async = 4
function h(yield, await) {
  return [yield, await, async]
}
out.push(h(1, 2), new.target === undefined)
if (out.length > 100)
  return
module.exports = JSON.stringify(out)`;

let ids = 0;
function guarded(code: string) {
  ids += 1;
  return guardModule({ code, moduleKind: 'commonjs', moduleId: `sem${ids}` });
}

describe('guarded CommonJS code', () => {
  for (const [name, code] of Object.entries({ strict: commonJs, sloppy })) {
    it(`does what the ${name} original does while its guards are dormant`, async () => {
      expect(await runCommonJs(guarded(code).code)).toBe(await runCommonJs(code));
    });

    it(`does what the ${name} original does while every guard reads all it is passed`, async () => {
      const module = guarded(code);
      const guards = activateGuards(module);
      started.push(guards);
      expect(await runCommonJs(module.code)).toBe(await runCommonJs(code));
      expect(guards.faults).toEqual([]);
      expect(guards.hitSites).toBeGreaterThan(module.sites.length * 0.8);
    });
  }
});

/** Run in a process of its own, so that it is Node that compiles and links the modules. */
const activator = `
import { readFileSync } from 'node:fs';
const { cells, lists } = JSON.parse(readFileSync(new URL('./guards.json', import.meta.url), 'utf8'));
let hits = 0;
const guard = (...args) => {
  hits += 1;
  lists[args[0]].forEach((argument, at) => {
    for (const name of argument.names ?? []) {
      try { args[at](name); } catch (error) { if (!/before initialization/.test(error.message)) throw error; }
    }
  });
  if (lists[args[0]].length !== args.length) throw new Error('wrong number of arguments');
};
for (const cell of cells) Object.defineProperty(globalThis, cell, { value: guard, configurable: true });
process.on('exit', () => process.stderr.write(String(hits)));
`;

describe('a guarded ES module', () => {
  const code = `import { sep as separator } from 'node:path';\nimport * as util from 'node:util';\n${program}
export { out as result, lone as default };
export const answer = await later(4);
const strings = (x) =>
  util.inspect(x) + separator.length;
for await (const x of each())
  note('each', strings(x));
console.log(JSON.stringify(out));
//# sourceMappingURL=none.js.map`;

  it('prints what the original prints, dormant and active', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sonde-guard-'));
    try {
      const module = guardModule({ code, moduleKind: 'module', moduleId: 'esm' });
      const lists = module.sites.map((site) => siteArguments(site, module.moduleNames));
      await writeFile(join(folder, 'plain.mjs'), code);
      await writeFile(join(folder, 'guarded.mjs'), module.code);
      await writeFile(join(folder, 'activate.mjs'), activator);
      await writeFile(
        join(folder, 'guards.json'),
        JSON.stringify({ cells: module.functions.map(({ cell }) => cell), lists }),
      );
      const node = (...args: string[]) => run(process.execPath, args, { cwd: folder });
      const plain = await node('plain.mjs');
      expect((await node('guarded.mjs')).stdout).toBe(plain.stdout);
      const active = await node('--import', './activate.mjs', 'guarded.mjs');
      expect(active.stdout).toBe(plain.stdout);
      expect(Number(active.stderr)).toBeGreaterThan(100);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('can import by name what a guarded CommonJS module exports the way Babel writes it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sonde-guard-'));
    const babel = `"use strict";
var _a = require("./a.cjs");
Object.keys(_a).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (key in exports && exports[key] === _a[key]) return;
  Object.defineProperty(exports, key, {
    enumerable: true,
    get: function () {
      return _a[key];
    }
  });
});
Object.defineProperty(exports, "parse", {
  enumerable: true,
  get: function () {
    return _a.read;
  }
});
`;
    try {
      const module = guardModule({ code: babel, moduleKind: 'commonjs', moduleId: 'babel' });
      expect(module.sites.length).toBeGreaterThan(0);
      await writeFile(join(folder, 'a.cjs'), 'exports.read = 1;');
      await writeFile(join(folder, 'b.cjs'), module.code);
      await writeFile(join(folder, 'main.mjs'), "import { parse, read } from './b.cjs';\nconsole.log(parse, read);");
      expect((await run(process.execPath, ['main.mjs'], { cwd: folder })).stdout).toBe('1 1\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Programs of other people, whole, with every file guarded and every guard active. */
describe('a real program with every guard active', () => {
  const hash = (value: unknown): string =>
    createHash('sha256')
      .update(
        JSON.stringify(value, (_key, part: unknown) =>
          part instanceof RegExp || typeof part === 'bigint' ? String(part) : part,
        ),
      )
      .digest('hex');
  type Api = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const programs: Readonly<Record<string, (api: Api, source: string) => unknown>> = {
    acorn: (api, source) => api['parse']?.(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true }),
    yaml: (api) => {
      const text = api['stringify']?.({ a: [1, { b: 'x: y' }, null], date: 'z\n\nq', nested: { deep: [[], {}] } });
      return [text, api['parse']?.(String(text)), api['parse']?.('- &a 1\n- *a\n- |\n  text\n- {x: 1}\n')];
    },
    semver: (api) => [
      api['satisfies']?.('1.2.3', '>=1 <2 || ^3.1'),
      api['inc']?.('1.2.3', 'prerelease', 'beta'),
      api['sort']?.(['2.0.0', '1.0.0-rc.1', '1.0.0']),
    ],
    postcss: (api) => String(api['parse']?.('@media print { a { color: red; &:hover { top: 1px } } } /* c */')),
  };

  for (const [name, use] of Object.entries(programs)) {
    it(`${name} answers the same`, async () => {
      const entry = require.resolve(name);
      const source = await readFile(require.resolve('acorn'), 'utf8');
      const guards: ActiveGuards[] = [];
      const api = requireGuarded(entry, (module) => {
        const active = activateGuards(module);
        guards.push(active);
        started.push(active);
      });
      const plain = hash(use(require(name) as Api, source));
      expect(hash(use(api as Api, source))).toBe(plain);
      expect(guards.flatMap(({ faults }) => faults)).toEqual([]);
      expect(guards.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(100);
    });
  }
});
