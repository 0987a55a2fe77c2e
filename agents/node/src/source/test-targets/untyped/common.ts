const { half } = require('./half.ts') as typeof import('./half.ts');
function run(value: number): number {
  /* probe */
  return half(value);
}
console.log('untyped commonjs', run(4));
