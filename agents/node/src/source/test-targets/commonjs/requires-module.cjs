const { deep } = require('../modules/deep.mjs');
console.log('required module', deep());
