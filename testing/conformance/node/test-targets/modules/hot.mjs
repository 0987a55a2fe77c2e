function isLarge(index) {
  return index > 1e12;
}

function step(index, sum) {
  const next = sum + (isLarge(index) ? 2 : 1); // probe: spin
  return next;
}

/** Steps for so many milliseconds without a return to the event loop; gives how many it made. */
export function spin(ms) {
  const end = performance.now() + ms;
  let sum = 0;
  for (let index = 0; performance.now() < end; index += 1) sum = step(index, sum);
  return sum;
}

export function spinTimes(times) {
  let sum = 0;
  for (let index = 0; index < times; index += 1) sum = step(index, sum);
  return sum;
}
