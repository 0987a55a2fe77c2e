export function rule(value) {
  return value * 2; // probe: rules
}
