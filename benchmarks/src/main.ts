// `npm run bench -- NAME [--node PATH]`: measures one path and prints a table and, as its last line, one JSON object.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, NodeVersion } from './bench.ts';
import { delivery } from './delivery.bench.ts';
import { nodeDormant } from './node-dormant.bench.ts';
import { nodeHit } from './node-hit.bench.ts';
import { json, table } from './report.ts';

const benches: readonly Bench[] = [nodeHit, nodeDormant, delivery];
const names = benches.map(({ name }) => name).join(', ');
const usage = `npm run bench -- NAME [--node PATH] [--rounds N] [--quick], where NAME is one of ${names}`;

interface Wanted {
  readonly bench: Bench;
  readonly node: string;
  readonly rounds: number | undefined;
  readonly quick: boolean;
}

const wanted = readArguments();
if (typeof wanted === 'string') refuse(`${wanted}: ${usage}`);
else await run(wanted);

/** What is asked for, or what is wrong with it. */
function readArguments(): Wanted | string {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { node: { type: 'string' }, rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
    });
    const [name, ...others] = positionals;
    const bench = benches.find((each) => each.name === name);
    if (name === undefined || others.length > 0) return 'name one benchmark';
    if (!bench) return `there is no benchmark ${name}`;
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
    if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1)) return '--rounds takes a number from 1';
    return { bench, node: values.node ? resolve(values.node) : process.execPath, rounds, quick: values.quick };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function run({ bench, node, rounds, quick }: Wanted): Promise<void> {
  const version = versionOf(node);
  if (version === undefined) return refuse(`${node} is no Node that runs here`);
  const refusal = bench.refusal?.(parseVersion(version));
  if (refusal) return refuse(`${bench.name} cannot run on Node ${version}: ${refusal}`);
  const progress = (text: string) => void process.stderr.write(`${bench.name}: ${text}\n`);
  const cases = await bench.run({ node, rounds, quick, progress });
  process.stdout.write(`${table(bench, version, cases)}\n${json(bench, version, cases)}\n`);
}

function versionOf(node: string): string | undefined {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    // Not there, or not a program: the message above says so.
    return undefined;
  }
}

function parseVersion(version: string): NodeVersion {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  return { major: Number(major), minor: Number(minor) };
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}
