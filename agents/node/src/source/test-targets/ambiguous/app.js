import { other } from './other.js';
import './plain.js';
function run() {
  /* probe */
  return other();
}
console.log('ambiguous', run());
