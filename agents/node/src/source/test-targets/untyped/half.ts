export function half(value: number): number {
  /* probe */
  return value / 2;
}
