const first = require('./leaf.js');
delete require.cache[require.resolve('./leaf.js')];
const second = require('./leaf.js');
console.log('cleared', first.leaf() + second.leaf(), first !== second);
