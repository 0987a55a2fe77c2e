#!/usr/bin/env node
'use strict';
exports.leaf = function leaf() {
  /* probe */
  return 1;
};
