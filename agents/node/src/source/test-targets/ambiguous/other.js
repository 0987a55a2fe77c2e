export function other() {
  /* probe */
  return 2;
}
