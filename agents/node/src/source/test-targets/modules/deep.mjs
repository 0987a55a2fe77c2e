export function deep() {
  /* probe */
  return 10;
}
