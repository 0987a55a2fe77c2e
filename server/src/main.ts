import { AccessService } from './access/access-service.ts';
import { keepTokenFiles } from './access/token-files.ts';
import { AgentAsks } from './agents/agent-asks.ts';
import { defaultPolicy } from './agents/agent-policy.ts';
import { agentEndpoints } from './agents/agent-routes.ts';
import { AgentService } from './agents/agent-service.ts';
import { AgentStreams } from './agents/agent-streams.ts';
import { InProcessBus } from './bus/in-process-bus.ts';
import { systemClock } from './clock.ts';
import { configOf, type ServerConfig, type ServerOptions } from './config.ts';
import type { Endpoint } from './endpoint.ts';
import { eventEndpoints } from './events/event-routes.ts';
import { EventService } from './events/event-service.ts';
import { healthEndpoints } from './health/health-routes.ts';
import { HttpServer } from './http/http-server.ts';
import { OriginGuard } from './http/origin-guard.ts';
import { RequestHandler } from './http/request-handler.ts';
import { ProbeFeed } from './probes/probe-feed.ts';
import { probeEndpoints } from './probes/probe-routes.ts';
import { ProbeService } from './probes/probe-service.ts';
import { randomId } from './random-id.ts';
import { openSqliteStorage, type Storage } from './storage/sqlite/sqlite-storage.ts';

export { defaultPort, type ServerOptions } from './config.ts';
export { StartError, type StartErrorReason } from './start-error.ts';

/** The server's own release, as `GET /api/v1/server` tells it. */
const version = '0.1.0';

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** The file that holds the token of people and their tools; only its owner can read it. */
  readonly adminTokenFile: string;
  /** The same for agents. */
  readonly agentTokenFile: string;
  /** Answers what was asked, makes it durable, and gives port and folder back. */
  stop(): Promise<void>;
}

/** Starts a server in this process, or rejects with a `StartError` that says what is in the way. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const config = configOf(options);
  // The port first: when it is taken, nothing else was touched.
  const http = await HttpServer.listen(config.host, config.port);
  try {
    return await startOn(http, config);
  } catch (error) {
    await http.close(async () => {});
    throw error;
  }
}

async function startOn(http: HttpServer, config: ServerConfig): Promise<RunningServer> {
  const storage = await openSqliteStorage({ folder: config.data, retention: config.retention, report: config.report });
  try {
    const access = new AccessService({ store: storage.access, clock: systemClock, newId: randomId });
    await access.load();
    const files = await keepTokenFiles(storage.folder, access);
    const features = await startFeatures(storage, config);
    const handler = new RequestHandler({
      endpoints: features.endpoints,
      guard: new OriginGuard(config.host, config.names),
      authenticate(authorization, kind) {
        const token = access.authenticate(authorization, kind);
        return { tokenId: token.id, name: token.name };
      },
      clock: systemClock,
      report: config.report,
    });
    http.serve((request, response) => handler.handle(request, response));
    const { port } = http;
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await http.close(() => handler.stop());
      await features.stop();
      await storage.close();
    };
    return {
      url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
      port,
      adminTokenFile: files.admin,
      agentTokenFile: files.agent,
      stop() {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Builds the features on their stores. */
async function startFeatures(
  storage: Storage,
  config: ServerConfig,
): Promise<{ readonly endpoints: readonly Endpoint[]; stop(): Promise<void> }> {
  const { report } = config;
  const common = { clock: systemClock, newId: randomId, report, bus: new InProcessBus() };
  const agents = new AgentService({ ...common, times: config.times });
  const probes: ProbeService = new ProbeService({
    ...common,
    store: storage.probes,
    activity: (probeIds) => storage.events.activity(probeIds),
    explain: (...question) => asks.explain(...question),
  });
  const streams = new AgentStreams(agents, probes, systemClock);
  const asks = new AgentAsks({ ...common, agents, streams });
  const unsubscribe = common.bus.subscribe((signal) => signal.kind === 'probes' && streams.refresh());
  const feed = new ProbeFeed({ ...common, read: (probeId) => probes.find(probeId) });
  const events = new EventService({ ...common, store: storage.events, agents, probes });
  await probes.load();

  const startedAtMs = systemClock.now();
  const acknowledged = (agentId: string) => storage.events.acknowledged(agentId);
  return {
    endpoints: [
      ...agentEndpoints({ agents, streams, asks, policy: defaultPolicy, acknowledged }),
      ...probeEndpoints(probes),
      ...eventEndpoints({ ...common, events, probes, store: storage.events, feed }),
      ...healthEndpoints({ info: { version, startedAtMs, storage: storage.engine }, check: () => storage.ping() }),
    ],
    async stop() {
      unsubscribe();
      feed.stop();
      await probes.stop();
      streams.stop();
      agents.stop();
      await common.bus.close();
    },
  };
}
