const half = 1;
const factor = half * 2; // probe: while-loading

export function double(value) {
  const doubled = value * factor;
  return doubled; // probe: late
}
