function rate(): number {
  /* probe */
  return 5;
}
module.exports = { default: rate() };
