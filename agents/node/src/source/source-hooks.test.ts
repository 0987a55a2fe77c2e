import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supportedMajors } from '../../../../testing/src/node-runtimes.ts';
import {
  hitsByFile,
  runTarget,
  type TargetResult,
  type TargetRun,
  targets,
  withoutAgent,
} from './test-run/run-target.ts';
import { buildTestAgent } from './test-run/test-agent.ts';

let agent: Awaited<ReturnType<typeof buildTestAgent>>;
const dependency = join(targets, 'modules/node_modules/dep');

beforeAll(async () => {
  agent = await buildTestAgent('fake');
  // Git ignores node_modules, so the dependency is written here.
  mkdirSync(dependency, { recursive: true });
  writeFileSync(join(dependency, 'index.js'), 'exports.fromDependency = () => { /* probe */ return 6; };\n');
  writeFileSync(join(dependency, 'package.json'), '{ "name": "dep", "type": "commonjs" }\n');
});

afterAll(() => {
  agent.remove();
  rmSync(join(targets, 'modules/node_modules'), { recursive: true, force: true });
});

const run = (target: TargetRun) => runTarget(target, agent.folder);

/** What a user sees: everything but stack frames, positions and process ids. */
function visible({ exitCode, stdout, stderr }: TargetResult) {
  const lines = stderr.split('\n').filter((line) => !/^\s+at |^\s*\^|probe|^Node\.js|:\d+$/.test(line));
  return { exitCode, stdout, stderr: lines.map((line) => line.replace(/\(node:\d+\)/, '')) };
}

interface Format {
  readonly name: string;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly since?: number;
  readonly hits: { readonly [file: string]: readonly string[] };
}

const once = (kind: 'module' | 'commonjs', ...files: readonly string[]) =>
  Object.fromEntries(files.map((file) => [file, [`${kind} 1`]]));

const formats: readonly Format[] = [
  {
    name: 'CommonJS, a hashbang, a directive',
    cwd: 'commonjs',
    args: ['app.cjs'],
    hits: once('commonjs', 'app.cjs', 'leaf.js'),
  },
  {
    name: 'a file loaded again after its cache entry is cleared',
    cwd: 'commonjs',
    args: ['cleared.cjs'],
    hits: { 'cleared.cjs': ['commonjs 0'], 'leaf.js': ['commonjs 1', 'commonjs 1'] },
  },
  {
    name: 'an ES module that is required',
    cwd: 'commonjs',
    args: ['requires-module.cjs'],
    hits: { 'requires-module.cjs': ['commonjs 0'], 'deep.mjs': ['module 1'] },
  },
  {
    name: 'a required ES module that imports CommonJS',
    cwd: 'commonjs',
    args: ['requires-importer.cjs'],
    hits: {
      'requires-importer.cjs': ['commonjs 0'],
      ...once('module', 'importer.mjs'),
      ...once('commonjs', 'leaf.js'),
    },
  },
  {
    name: 'ES modules: import of CommonJS and JSON, dynamic import by query, top-level await',
    cwd: 'modules',
    args: ['app.js'],
    hits: {
      ...once('module', 'app.js', 'deep.mjs'),
      ...once('commonjs', 'leaf.js'),
      'late.mjs': ['module 1', 'module 1'],
    },
  },
  {
    name: 'a package that does not say its type',
    cwd: 'ambiguous',
    args: ['app.js'],
    hits: { ...once('module', 'app.js'), 'other.js': ['module 2'], ...once('commonjs', 'plain.js') },
  },
  {
    name: 'a dependency, which is left alone',
    cwd: 'modules',
    args: ['dependency.js'],
    hits: once('module', 'dependency.js'),
  },
  {
    name: 'hooks that the application registers later',
    cwd: 'modules',
    args: ['registers-hooks.mjs'],
    hits: { 'registers-hooks.mjs': ['module 0'], 'deep.mjs': ['module 2'] },
  },
  {
    name: 'hooks in a thread, which hand out CommonJS',
    cwd: 'modules',
    args: ['registers-thread-hooks.mjs'],
    hits: {
      'registers-thread-hooks.mjs': ['module 0'],
      ...once('module', 'deep.mjs'),
      ...once('commonjs', 'leaf.js'),
    },
  },
  {
    name: 'stripped TypeScript, ES modules that import and require CommonJS',
    cwd: 'typescript',
    args: ['app.ts'],
    since: 22,
    hits: { ...once('module', 'app.ts', 'order.mts'), ...once('commonjs', 'tax.cts', 'rates.cts') },
  },
  {
    name: 'stripped TypeScript, a required ES module that imports CommonJS',
    cwd: 'typescript',
    args: ['requires-app.cjs'],
    since: 22,
    hits: {
      'requires-app.cjs': ['commonjs 0'],
      ...once('module', 'app.ts', 'order.mts'),
      ...once('commonjs', 'tax.cts', 'rates.cts'),
    },
  },
  {
    name: 'stripped TypeScript, CommonJS',
    cwd: 'typescript',
    args: ['app.cts'],
    since: 22,
    hits: once('commonjs', 'app.cts', 'tax.cts', 'rates.cts'),
  },
  {
    name: 'stripped TypeScript, modules found by their syntax',
    cwd: 'untyped',
    args: ['app.ts'],
    since: 22,
    hits: once('module', 'app.ts', 'half.ts'),
  },
  {
    name: 'stripped TypeScript, CommonJS found by its syntax',
    cwd: 'untyped',
    args: ['common.ts'],
    since: 22,
    hits: { ...once('commonjs', 'common.ts'), ...once('module', 'half.ts') },
  },
  {
    name: 'tsx after the agent, ES modules',
    cwd: 'tsx',
    args: ['--import=tsx', 'app.ts'],
    hits: { ...once('module', 'app.ts', 'paint.ts'), ...once('commonjs', 'ratio.cts') },
  },
  {
    name: 'tsx after the agent, CommonJS',
    cwd: 'tsx-commonjs',
    args: ['--import=tsx', 'app.ts'],
    hits: once('commonjs', 'app.ts', 'paint.ts', 'late.ts'),
  },
];

describe.each(supportedMajors())('on Node %i', (major) => {
  it.each(formats.filter(({ since }) => major >= (since ?? 0)))(
    'guards once, and changes nothing: $name',
    async (format) => {
      const target = { major, cwd: format.cwd, args: ['AGENT', ...format.args] };
      const [result, plain] = await Promise.all([run(target), run(withoutAgent(target))]);
      expect(visible(result)).toEqual(visible(plain));
      expect(result.report).toMatchObject({ mechanism: major < 22 ? 'hooks-thread' : 'in-thread', diagnostics: [] });
      expect(result.report && hitsByFile(result.report)).toEqual(format.hits);
    },
  );

  it.each([
    ['tsx', { 'app.ts': ['module 1'], 'paint.ts': ['module 1'], 'ratio.cts': ['commonjs 1'] }],
    ['tsx-commonjs', once('commonjs', 'app.ts', 'paint.ts', 'late.ts')],
  ])('guards what %s compiles when it is registered first', async (cwd, hits) => {
    const { report } = await run({ major, cwd, args: ['--import=tsx', 'AGENT', 'app.ts'] });
    expect(report && hitsByFile(report)).toEqual(hits);
  });

  it('guards under the tsx command, where the agent comes through NODE_OPTIONS', async () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    const { report, stdout } = await run({ major, cwd: 'tsx', args: [tsx, 'app.ts'], env: { NODE_OPTIONS: 'AGENT' } });
    expect(stdout).toBe('tsx GREEN3\n');
    expect(report && hitsByFile(report)).toMatchObject({ 'app.ts': ['module 1'], 'ratio.cts': ['commonjs 1'] });
  });

  it('leaves no trace in process.execArgv when it comes through NODE_OPTIONS', async () => {
    const { stdout } = await run({ major, cwd: 'commonjs', args: ['app.cjs'], env: { NODE_OPTIONS: 'AGENT' } });
    expect(stdout).toBe('commonjs 1 true true 0\n');
  });

  it('runs the original, and says why, when the transform fails', async () => {
    const { report, stdout, exitCode } = await run({ major, cwd: 'commonjs', args: ['AGENT', 'refused.cjs'] });
    expect({ stdout, exitCode }).toEqual({ stdout: 'original runs\n', exitCode: 7 });
    expect(report?.modules).toMatchObject([{ failure: 'refused' }]);
    expect(report?.diagnostics).toMatchObject([{ code: 'transform-failed', message: 'refused' }]);
  });

  it.each(['broken.cjs', 'throws.cjs'])('leaves the exit code and the message of %s as they are', async (file) => {
    const target = { major, cwd: 'commonjs', args: ['AGENT', file] };
    const [result, plain] = await Promise.all([run(target), run(withoutAgent(target))]);
    expect(result.exitCode).toBe(1);
    expect(visible(result)).toEqual(visible(plain));
  });

  it('ends with code 13, as Node does, when a top-level await never settles', async () => {
    const { report, exitCode } = await run({ major, cwd: 'modules', args: ['AGENT', 'unsettled.js'] });
    expect(exitCode).toBe(13);
    expect(report?.hits).toHaveLength(1);
  });

  it('knows dependencies as loaded, unguarded and not of the application', async () => {
    const { report } = await run({ major, cwd: 'modules', args: ['AGENT', 'dependency.js'] });
    const outside = report?.modules.filter(({ path }) => path.startsWith(dependency));
    expect(outside).toMatchObject([{ own: false, moduleKind: 'commonjs', failure: 'outside-application' }]);
  });

  it('leaves files alone once the hooks are removed', async () => {
    const { report, stdout } = await run({
      major,
      cwd: 'modules',
      args: ['AGENT', 'app.js'],
      env: { TEST_REMOVE: '1' },
    });
    expect(stdout).toMatch(/^modules 1211 /);
    expect(report?.modules).toEqual([]);
  });
});

describe.each(supportedMajors().filter((major) => major >= 22))('TypeScript on Node %i', (major) => {
  it('fails as Node does when types cannot be erased', async () => {
    const target = { major, cwd: 'typescript', args: ['AGENT', 'not-erasable.ts'] };
    const [result, plain] = await Promise.all([run(target), run(withoutAgent(target))]);
    expect(visible(result)).toEqual(visible(plain));
    expect(result.report?.diagnostics).toMatchObject([{ code: 'strip-failed' }]);
  });

  it('keeps warnings of the application, and the one for its own use of stripTypeScriptTypes', async () => {
    const target = { major, cwd: 'typescript', args: ['AGENT', 'strips.ts'] };
    const [result, plain] = await Promise.all([run(target), run(withoutAgent(target))]);
    expect(plain.stderr).toContain('stripTypeScriptTypes');
    expect(visible(result)).toEqual(visible(plain));
  });
});
