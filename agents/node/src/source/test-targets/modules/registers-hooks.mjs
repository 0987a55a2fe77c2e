// Registers a hook of its own after the agent, by name: the agent must still see what comes out of it.
import * as nodeModule from 'node:module';

const { register, registerHooks } = nodeModule;
const added = `\nexport function added() { /* ${'probe'} */ return 5; }\n`;
if (registerHooks === undefined) {
  const code = `export async function load(url, context, next) {
    const result = await next(url, context);
    return url.endsWith('deep.mjs') ? { ...result, source: result.source + ${JSON.stringify(added)} } : result;
  }`;
  register(`data:text/javascript,${encodeURIComponent(code)}`);
} else {
  registerHooks({
    load(url, context, next) {
      const result = next(url, context);
      return url.endsWith('deep.mjs') ? { ...result, source: result.source + added } : result;
    },
  });
}
const { deep, added: late } = await import('./deep.mjs');
console.log('own hooks', deep(), late());
