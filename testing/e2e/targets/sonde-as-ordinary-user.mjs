// `sonde` as somebody whom permissions bind, even where the tests run as root.
import '@sonde/server';
import { main } from '../../../clients/cli/src/main.ts';

const nobody = 65_534;
const running = main(process);
// Only now: the command has read its own files, which this user may not be able to, and has not touched data yet.
if (process.geteuid?.() === 0) process.seteuid?.(nobody);
await running;
