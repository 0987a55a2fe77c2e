import { fromDependency } from './node_modules/dep/index.js';
function run() {
  /* probe */
  return fromDependency();
}
console.log('dependency', run());
