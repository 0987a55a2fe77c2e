#!/usr/bin/env node
// Plain JavaScript that Node 20 can run: where the machine's Node is too old for the sources, it hands over to the Node
// that the repository pins.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { relayProgram } from './relay.js';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 15)) {
  const { main } = await import('../src/main.ts');
  await main(process);
} else {
  const pinned = pinnedNode();
  if (pinned) {
    const end = await relayProgram(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], process.env);
    process.exitCode = end.kind === 'exited' ? end.code : 1;
    if (end.kind === 'not-started') process.stderr.write(`error: ${pinned} cannot be run (${end.code})\n`);
  } else {
    process.stderr.write(
      `error: sonde needs Node 24.15 or newer, and this is ${process.versions.node}\n` +
        '  → run `npm run setup` in the repository: it fetches the Node that sonde runs on\n',
    );
    process.exitCode = 1;
  }
}

function pinnedNode() {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
  const list = join(root, 'scripts/runtimes.json');
  if (!existsSync(list)) return undefined;
  const { development } = JSON.parse(readFileSync(list, 'utf8'));
  const file = join(root, '.runtime', development, 'node_modules/node/bin/node');
  return existsSync(file) ? file : undefined;
}
