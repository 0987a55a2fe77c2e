const { tax } = require('./tax.cts') as { tax: (count: number) => number };
function run(): number {
  /* probe */
  return tax(2);
}
console.log('typescript commonjs', run());
