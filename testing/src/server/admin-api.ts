import {
  type AgentRecord,
  apiRoutes,
  type CreateProbeRequest,
  type CreateProbeResponse,
  createProbeResponse,
  type ProbeRecord,
  type Route,
  type StoredEvent,
} from '@sonde/protocol';

/** What these suites ask of a server as an admin; answers are decoded by the route table. */
export class AdminApi {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async agents(): Promise<readonly AgentRecord[]> {
    return (await this.get(apiRoutes.listAgents, apiRoutes.listAgents.path)).agents;
  }

  async create(request: CreateProbeRequest): Promise<CreateProbeResponse> {
    const response = await this.fetch(apiRoutes.createProbe.path, { method: 'POST', body: JSON.stringify(request) });
    return createProbeResponse.decode(await response.json());
  }

  probe(probeId: string): Promise<ProbeRecord> {
    return this.get(apiRoutes.getProbe, `/api/v1/probes/${probeId}`);
  }

  /** All stored events, oldest first. */
  async events(): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let before: string | undefined = ''; before !== undefined; ) {
      const query: string = before === '' ? '' : `&before=${before}`;
      const page = await this.get(apiRoutes.listEvents, `/api/v1/events?limit=1000${query}`);
      events.push(...page.events);
      before = page.next;
    }
    return events.reverse();
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.#url + path, { ...init, headers: { authorization: `Bearer ${this.#token}`, ...init.headers } });
  }

  private async get<T>(route: Route<unknown, never, unknown, T> | Route, path: string): Promise<T> {
    const response = await this.fetch(path);
    return route.response?.decode(await response.json()) as T;
  }
}
