import { leaf } from '../commonjs/leaf.js';
export function twice() {
  /* probe */
  return leaf() * 2;
}
