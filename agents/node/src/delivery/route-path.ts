import { agentRoutes } from '@sonde/protocol/agent';

/** The path of an agent's call with its parameters filled in. */
export function routePath(
  route: keyof typeof agentRoutes,
  params: { readonly sessionId?: string; readonly askId?: string } = {},
): string {
  return agentRoutes[route].path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name as keyof typeof params] ?? ''),
  );
}
