const rates: { default: number } = require('./rates.cts');
function tax(count: number): number {
  /* probe */
  return count * rates.default;
}
module.exports = { tax };
