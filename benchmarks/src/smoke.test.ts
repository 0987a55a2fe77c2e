import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const slowMachineMs = 180_000;

interface Run {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

function bench(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines: output.stdout.trim().split('\n'), stderr: output.stderr }));
  });
}

const compared = { value: expect.any(Number), baseline: expect.any(Number), ratio: expect.any(Number) };
const alone = { value: expect.any(Number), baseline: null, ratio: null, unit: 'ms' };

// The runs themselves throw when a result is wrong: a counter, a line that is missing, an order that differs.
describe('a quick run ends with one JSON object', () => {
  it.each([
    [
      'node-hit',
      ['no-op', 'false-condition', 'log', 'log-in-line'].flatMap((name) =>
        ['hand-written', 'v8-breakpoint'].map((against) => ({ case: name, against, unit: 'ns', ...compared })),
      ),
    ],
    [
      'node-dormant',
      ['cpu-per-request', 'noise'].map((name) => ({ case: name, against: 'no-agent', unit: 'ms', ...compared })),
    ],
    ['delivery', ['p50', 'p99', 'evidence-p50', 'evidence-p99'].map((name) => ({ case: name, against: '', ...alone }))],
  ])('of %s', { timeout: slowMachineMs }, async (name, cases) => {
    const { code, lines, stderr } = await bench(name, '--quick');
    expect(code, stderr).toBe(0);
    const result = JSON.parse(lines.at(-1) ?? '');
    expect(result).toMatchObject({ bench: name, node: process.version });
    expect(result.cases).toHaveLength(cases.length);
    for (const row of cases) expect(result.cases).toContainEqual(expect.objectContaining(row));
    for (const { value } of result.cases) expect(value).toBeGreaterThan(0);
  });
});

describe('what cannot be run is refused with code 2 and what could be', () => {
  it.each([
    ['no name', [], 'node-hit, node-dormant, delivery'],
    ['an unknown name', ['node-hot'], 'there is no benchmark node-hot'],
    ['an unknown option', ['delivery', '--fast'], "'--fast'"],
    ['rounds that are no number', ['delivery', '--rounds', 'many'], '--rounds takes a number'],
    ['a Node that is not there', ['delivery', '--node', '/nowhere/node'], '/nowhere/node is no Node'],
  ])('%s', async (_, args, reason) => {
    const { code, stderr } = await bench(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
});
