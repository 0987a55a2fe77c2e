import type { IdSource } from '../random-id.ts';

/** Ids that count, for tests: `p_00000001`, `p_00000002`, … */
export function countingIds(): IdSource {
  let last = 0;
  return (prefix) => {
    last += 1;
    return `${prefix}_${String(last).padStart(8, '0')}`;
  };
}
