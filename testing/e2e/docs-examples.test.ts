import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../clients/cli/src/program.ts';
import { fakeCli } from '../../clients/cli/test/fake-cli.ts';
import { callsIn, commandsNamedIn } from './docs-examples.ts';
import { repository } from './stage.ts';

const usageError = 2;

const documents = ['*.md', 'docs/guides/*.md', 'clients/*/README.md', 'examples/*/README.md', 'agents/*/README.md']
  .flatMap((pattern) => globSync(pattern, { cwd: repository }))
  .sort();
const read = (file: string) => readFileSync(join(repository, file), 'utf8');

/** What the real command line says of a call: nothing when it understands it. Whatever a command does then is faked. */
async function misunderstood(words: readonly string[]): Promise<string | undefined> {
  using cli = fakeCli({});
  return (await cli.run(...words)) === usageError ? cli.stderr() : undefined;
}

function commandNames(): readonly string[] {
  using cli = fakeCli({});
  return createProgram(cli.context, '0', () => {}).commands.map((command) => command.name());
}

describe.each(documents)('%s', (file) => {
  const calls = callsIn(read(file));

  it('shows only commands that the command line understands', async () => {
    for (const { line, text, words } of calls) {
      expect(await misunderstood(words), `${file}:${line}: sonde ${text}`).toBeUndefined();
    }
  });

  it('names only commands and scripts that there are', () => {
    const names = new Set(commandNames());
    expect(commandsNamedIn(read(file)).filter((name) => !names.has(name))).toEqual([]);
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = [...read(file).matchAll(/\bnpm run ([a-z]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only files that there are', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(join(repository, file, '..', path)))).toEqual([]);
  });
});

it('there are examples, and they are found', () => {
  const count = (file: string) => callsIn(read(file)).length;
  for (const file of ['clients/cli/README.md', 'docs/guides/getting-started.md', 'docs/guides/operating.md']) {
    expect(count(file), file).toBeGreaterThan(3);
  }
});

const settings = /\bSONDE_[A-Z]+(?:_[A-Z]+)*\b/g;
/** Only tests set these; the build puts the last one in. */
const ofTests = new Set(['SONDE_SEED', 'SONDE_FUZZ_SEED', 'SONDE_AGENT_VERSION']);

it('every environment variable that the programs read is in the guide, and no other', () => {
  const sources = ['agents/node/src/**/*.ts', 'clients/*/src/**/*.ts', 'server/src/**/*.ts'].flatMap((pattern) =>
    globSync(pattern, { cwd: repository }),
  );
  const programs = sources
    .filter((path) => !/\.test\.ts$|test-/.test(path))
    .flatMap((path) => read(path).match(settings) ?? []);
  const guide = read('docs/guides/operating.md').match(settings) ?? [];
  expect([...new Set(guide)].sort()).toEqual([...new Set(programs)].filter((name) => !ofTests.has(name)).sort());
});

describe('a document is judged', () => {
  it('by each command in it', () => {
    const text =
      "```sh\nsonde up   # the server\nnpx sonde log a.ts:1 'a | b #1' --follow\n```\n```ts\nsonde no\n```\n";
    const output = '```console\n$ SONDE_URL=http://x sonde agents | grep shop\nsonde is output here\n```\n';
    expect(callsIn(text + output).map(({ line, words }) => [line, ...words])).toEqual([
      [2, 'up'],
      [3, 'log', 'a.ts:1', 'a | b #1', '--follow'],
      [9, 'agents'],
    ]);
  });

  it.each(['snapshot a.ts:1 --waiting', 'agents --all', 'snap a.ts:1', 'log a.ts:1', 'snapshot a.ts'])(
    'sonde %s is not understood',
    async (call) => {
      const [documented] = callsIn(`\`\`\`sh\nsonde ${call}\n\`\`\``);
      expect(await misunderstood(documented?.words ?? [])).toMatch(/^error: /);
    },
  );
});
