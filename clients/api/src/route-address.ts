import type { Route } from '@sonde/protocol';

export interface RouteValues {
  readonly params?: { readonly [name: string]: unknown };
  readonly query?: { readonly [name: string]: unknown };
}

/** The full URL of a call: parameters put into the path, what is not undefined put into the query. */
export function routeAddress(base: string, route: Route, { params = {}, query = {} }: RouteValues): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== 'string' || value === '') throw new TypeError(`${route.path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const suffix = search.size > 0 ? `?${search}` : '';
  return `${base.replace(/\/+$/, '')}${path}${suffix}`;
}
