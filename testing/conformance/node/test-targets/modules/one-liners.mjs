export const half = (amount) => amount / 2; // probe: one-line

export function closures(limit, unused) {
  const isOver = (amount) => amount > limit;
  function visit(amount) {
    const next = amount + 1; // probe: closure
    return next;
  }
  return [isOver(1), visit(2)];
}
