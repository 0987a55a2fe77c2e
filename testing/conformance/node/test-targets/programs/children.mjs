import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { go, work } from './work.cjs';

await go(true);
console.log(work(2));
const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-p', 'process.argv.length + process.execArgv.join()']);
console.log(JSON.stringify([stdout, stderr]));
const child = fork(new URL('./child.mjs', import.meta.url), { execArgv: [] });
const [message] = await once(child, 'message');
// The child is there until its parent is told to go on.
await go();
child.send('end');
const [code] = await once(child, 'exit');
console.log(message, code);
