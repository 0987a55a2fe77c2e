/** The middle value; of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the neighbouring values, as spreadsheets have it. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error('there are no values');
  return below + (above - below) * (at - Math.floor(at));
}

export function quartiles(values: readonly number[]): readonly [number, number] {
  return [quantile(values, 0.25), quantile(values, 0.75)];
}

/** The ratio of each pair of runs that were made one after the other: the machine's mood cancels out. */
export function pairedRatios(values: readonly number[], baselines: readonly number[]): number[] {
  return values.map((value, index) => {
    const baseline = baselines[index];
    if (baseline === undefined || baseline === 0) throw new Error(`value ${index} has no baseline`);
    return value / baseline;
  });
}
