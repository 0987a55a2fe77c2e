import type { Endpoint } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';

export interface Match {
  readonly endpoint: Endpoint;
  readonly params: { readonly [name: string]: string };
}

/** A path exists but not with that method; `allow` names those it has. */
export class MethodRefusal extends Refusal {
  readonly allow: string;

  constructor(method: string, path: string, allow: string) {
    super('request.method', `${path} does not take ${method}; it takes ${allow}`);
    this.allow = allow;
  }
}

interface Entry {
  readonly endpoint: Endpoint;
  readonly segments: readonly string[];
}

/** Finds the endpoint of a request by the route table's paths. */
export class Router {
  readonly #entries: readonly Entry[];

  constructor(endpoints: readonly Endpoint[]) {
    this.#entries = endpoints
      .map((endpoint) => ({ endpoint, segments: endpoint.route.path.split('/') }))
      // A path spelled out goes before one with a parameter in its place: `/events/tail` is no event's id.
      .sort((a, b) => parameters(a) - parameters(b));
  }

  match(method: string, path: string): Match {
    const segments = path.split('/');
    const allowed: string[] = [];
    for (const { endpoint, segments: wanted } of this.#entries) {
      const params = matchSegments(wanted, segments);
      if (!params) continue;
      if (endpoint.route.method === method) return { endpoint, params };
      allowed.push(endpoint.route.method);
    }
    const shown = path.slice(0, 200);
    if (allowed.length > 0) throw new MethodRefusal(method, shown, [...new Set(allowed)].sort().join(', '));
    throw new Refusal('request.unknown-route', `There is nothing at ${shown}`);
  }
}

function parameters(entry: Entry): number {
  return entry.segments.filter((segment) => segment.startsWith('{')).length;
}

function matchSegments(wanted: readonly string[], given: readonly string[]) {
  if (wanted.length !== given.length) return;
  const params: { [name: string]: string } = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{') && value !== '') params[segment.slice(1, -1)] = value;
    else if (segment !== value) return;
  }
  return params;
}
