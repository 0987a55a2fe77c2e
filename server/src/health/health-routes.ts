import { apiRoutes, protocolVersion, type ServerInfo } from '@sonde/protocol';
import { type Endpoint, reply } from '../endpoint.ts';

interface HealthDeps {
  readonly info: Omit<ServerInfo, 'protocol'>;
  /** Throws when the server could not serve. */
  readonly check: () => void;
}

export function healthEndpoints({ info, check }: HealthDeps): readonly Endpoint[] {
  return [
    reply(apiRoutes.live, () => undefined),
    reply(apiRoutes.ready, () => {
      check();
      return undefined;
    }),
    reply(apiRoutes.server, () => ({ ...info, protocol: protocolVersion })),
  ];
}
