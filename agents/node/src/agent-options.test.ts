import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentOptions } from './agent-options.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sonde-options-'));
  writeFileSync(join(folder, 'agent-token'), 'local-token\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const tokenFor = (env: { readonly SONDE_URL?: string; readonly SONDE_TOKEN?: string }, chosen: { url?: string } = {}) =>
  agentOptions({ SONDE_DATA: folder, ...env }, { cwd: folder, script: 'app.js', thread: 'main' }, chosen)?.token;

it.each(['http://127.0.0.1:7300', 'https://localhost', 'http://[::1]:1/below'])(
  'gives the local token to %s',
  (url) => {
    expect(tokenFor({ SONDE_URL: url })).toBe('local-token');
    expect(tokenFor({}, { url })).toBe('local-token');
  },
);

it.each(['http://sonde.example:7300', 'http://localhost.example', 'http://localhost:7300@sonde.example', 'no address'])(
  'never gives the local token to %s',
  (url) => {
    expect(tokenFor({ SONDE_URL: url })).toBeUndefined();
    expect(tokenFor({}, { url })).toBeUndefined();
  },
);

it('takes what is chosen in code before what the environment says', () => {
  expect(tokenFor({ SONDE_URL: 'http://sonde.example', SONDE_TOKEN: 'given' })).toBe('given');
  expect(tokenFor({ SONDE_URL: 'http://sonde.example' }, { url: 'http://localhost' })).toBe('local-token');
});
