import { join } from 'node:path';
import { half } from './half.ts';
function run(value: number): string {
  /* probe */
  return join('a', String(half(value)));
}
console.log('untyped', run(4));
