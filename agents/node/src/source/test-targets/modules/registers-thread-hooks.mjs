// Registers a hook in the thread for hooks, which hands out CommonJS text of its own: Node then compiles it another way.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

const leaf = readFileSync(new URL('../commonjs/leaf.js', import.meta.url), 'utf8');
const code = `export async function load(url, context, next) {
  const result = await next(url, context);
  return url.endsWith('leaf.js') ? { ...result, source: ${JSON.stringify(leaf)} } : result;
}`;
register(`data:text/javascript,${encodeURIComponent(code)}`);
const { deep } = await import('./deep.mjs');
const { leaf: imported } = await import('../commonjs/leaf.js');
console.log('thread hooks', deep(), imported());
