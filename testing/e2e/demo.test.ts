import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { ProgramProcess } from '../conformance/program-process.ts';
import { runtimePath } from '../src/node-runtimes.ts';
import { repository } from './stage.ts';

it('the demo ends with exit code 0 and has shown its evidence', async () => {
  const demo = new ProgramProcess({
    command: runtimePath(24),
    args: [join(repository, 'examples/shop/demo.ts'), '--once'],
    cwd: repository,
    env: {},
  });
  const { code, stdout, stderr } = await demo.ended();
  const text = stripVTControlCharacters(stdout);
  expect(code, `${text}\n${stderr}`).toBe(0);
  expect(text).toMatch(/shop-gateway +a_[0-9a-z]{25} +node 24/);
  expect(text).toContain('a guard compiled into the code; nothing pauses');
  expect(text.match(/^ +kind +"coupon"$/gm)?.length).toBeGreaterThan(1);
  expect(text).toMatch(/^ +password +‹redacted›$/m);
  expect(text.match(/^Processing order ord-\d+ with status priced at tax rate [\d.]+$/gm)).toHaveLength(5);
  expect(text).toMatch(/ log .* completed +5 +1 removed/);
  expect(text).not.toContain('wrong evidence');
}, 120_000);

it('leaves the working tree as it was', () => {
  const { stdout } = spawnSync('git', ['status', '--porcelain', '--', 'examples'], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(stdout.split('\n').filter((line) => /\.(db|sqlite|log)\b/.test(line))).toEqual([]);
});
