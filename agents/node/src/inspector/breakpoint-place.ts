import type { BreakpointRequest } from '../delivery/channel.ts';

/** One breakpoint of V8. It refuses a second one at the same place, so all that is wanted there shares it. */
export interface BreakpointPlace {
  readonly url: string;
  readonly line: number;
  readonly column: number | undefined;
  readonly condition: string;
  readonly keys: readonly string[];
  /** Differs as soon as anything about the place does. */
  readonly identity: string;
}

export function placesOf(requests: readonly BreakpointRequest[]): BreakpointPlace[] {
  const groups = new Map<string, BreakpointRequest[]>();
  for (const request of requests) {
    const place = JSON.stringify([request.url, request.line, request.column]);
    const group = groups.get(place);
    if (group) group.push(request);
    else groups.set(place, [request]);
  }
  return [...groups.values()].map(placeOf);
}

function placeOf(group: readonly BreakpointRequest[]): BreakpointPlace {
  const [{ url, line, column } = { url: '', line: 1, column: undefined }] = group;
  const keys = group.map((request) => request.key);
  const condition = joinConditions(group.map((request) => request.condition));
  return { url, line, column, condition, keys, identity: JSON.stringify([url, line, column, condition, keys]) };
}

/** Each yields false, so `||` evaluates them all. The line breaks end a comment that a condition may end with. */
function joinConditions(conditions: readonly string[]): string {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined ? only : conditions.map((text) => `(${text}\n)`).join('||');
}
