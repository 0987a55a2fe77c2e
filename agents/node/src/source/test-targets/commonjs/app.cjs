const { leaf } = require('./leaf.js');
const again = require('./leaf.js');
function run() {
  /* probe */
  return leaf() + (again.leaf === leaf ? 0 : 100);
}
console.log('commonjs', run(), __filename.endsWith('app.cjs'), require.main === module, process.execArgv.length);
