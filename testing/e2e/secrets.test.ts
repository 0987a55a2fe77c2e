import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { place, Stage } from './stage.ts';

const secret = 'correct-horse-battery-staple-7391';

it('a secret under a redacted name is in no file of the server and in no answer of it', async () => {
  await using stage = new Stage();
  await stage.up();
  const program = await stage.program({ env: { ORDER_SECRET: secret } });
  const outputs = [
    await stage.sonde('snapshot', place('taken'), '--watch', 'account', '--depth', '9', '--wait', '--json'),
    await stage.sonde('log', place('taken'), 'account {account} of {account.owner}', '--hits', '3', '--wait', '--json'),
    await stage.sonde('log', place('taken'), 'as text {String(account.owner)}', '--hits', '1', '--wait'),
    await stage.sonde('snapshot', place('taken'), '--watch', 'Object.values(account)', '--wait', '--json'),
    await stage.sonde('snapshot', place('taken'), '--if', `account.password === '${secret.slice(0, 5)}'`),
    await stage.sonde('explain', place('taken'), '--watch', 'account.session.token'),
    await stage.sonde('probes', '--all'),
  ];
  // The values beside it did come: what was searched is what was captured.
  expect(outputs[0]?.stdout).toContain('Ada');
  expect(outputs[0]?.stdout).toContain('"missing":"redacted"');
  expect(outputs[1]?.stdout).toContain('of Ada');

  const answers: string[] = [];
  for (const path of ['agents', 'probes', 'events?limit=1000', 'server']) {
    answers.push(await (await stage.api.fetch(`/api/v1/${path}`)).text());
  }
  expect(answers.join()).toContain('Ada');
  await stage.down('SIGTERM');
  expect(program.run.lines.join()).not.toContain(secret);
  const files = readdirSync(stage.data).map((name) => readFileSync(join(stage.data, name)).toString('latin1'));
  expect(files.join()).toContain('Ada');

  const everything = [...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...answers, ...files].join();
  expect(everything).not.toContain(secret);
  // Not in a piece either: a text that is cut short would still show its beginning.
  expect(everything).not.toContain('correct-horse');
}, 60_000);
