import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readServerFile, writeServerFile } from './server-file.ts';

const server = { url: 'http://127.0.0.1:7300', pid: 42 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sonde-server-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the server file takes the place of an older one, whoever could read that', () => {
  writeFileSync(join(folder, 'server.json'), 'old');
  chmodSync(join(folder, 'server.json'), 0o666);
  writeServerFile(folder, server);
  expect(readServerFile(folder)).toEqual(server);
  expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['server.json']);
});

test('the server file is not written through a link', () => {
  writeFileSync(join(folder, 'precious'), 'kept');
  symlinkSync('precious', join(folder, 'server.json'));
  writeServerFile(folder, server);
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('kept');
  expect(readServerFile(folder)).toEqual(server);
});
