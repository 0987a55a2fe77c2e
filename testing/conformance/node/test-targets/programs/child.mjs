import { work } from './work.cjs';

process.once('message', () => process.disconnect());
process.send(work(5));
process.exitCode = 4;
