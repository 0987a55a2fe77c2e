const { other } = require('./other.js');
module.exports = function plain() {
  /* probe */
  return other();
};
module.exports();
