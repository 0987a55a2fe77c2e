import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { leaf } from '../commonjs/leaf.js';
import { deep } from './deep.mjs';
import data from './data.json' with { type: 'json' };

const { late } = await import('./late.mjs?version=1');
const { late: later } = await import('./late.mjs?version=2');
const required = createRequire(import.meta.url)('../commonjs/leaf.js');
function run() {
  /* probe */
  return leaf() + deep() + late() + later() + data.value;
}
console.log('modules', run(), required.leaf === leaf, typeof readFileSync, import.meta.url.endsWith('app.js'));
