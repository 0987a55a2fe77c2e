import { go, work } from './work.cjs';

process.on('beforeExit', () => console.log('never'));
process.on('exit', (code) => console.log('exit', code, work(9)));
await go();
console.log(work(2));
setInterval(() => {}, 1_000);
process.exit(7);
