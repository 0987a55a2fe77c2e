import { work } from './work.cjs';

process.send(work(5), () => process.disconnect());
process.exitCode = 4;
