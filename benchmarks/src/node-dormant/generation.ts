import { fileURLToPath } from 'node:url';
import { type FakeServer, startFakeServer } from '../../../testing/src/fake-server.ts';
import { probeLine } from '../../../testing/src/probe-marker.ts';
import { agentArguments, agentEnvironment } from '../agent-under-test.ts';
import { prove } from '../prove.ts';
import { interleave } from '../rounds.ts';
import { type Block, Gateway, repositoryRoot } from './gateway.ts';

/** The same visits through each of the three gateways. */
export interface PairedBlocks {
  readonly agent: Block;
  readonly plain: Block;
  /** Without the agent as well. */
  readonly twin: Block;
}

export interface GenerationOptions {
  readonly node: string;
  readonly pairs: number;
  /** Made by each gateway before the first measured one. */
  readonly warmVisits: number;
  readonly visits: number;
}

const guardedFile = 'examples/shop/gateway/src/orders.ts';

/** Starts three gateways, warms them up, and measures them in turn. */
export async function measureGeneration({ node, pairs, warmVisits, visits }: GenerationOptions) {
  const server = await startFakeServer();
  const gateways: Gateway[] = [];
  const start = async (execArgv: readonly string[], env: { readonly [name: string]: string }) => {
    const gateway = await Gateway.start({ node, execArgv, env });
    gateways.push(gateway);
    return gateway;
  };
  try {
    const agent = await start(agentArguments, agentEnvironment(server.url, server.token, repositoryRoot));
    const { request } = await server.waitForSession();
    const plain = await start([], {});
    const twin = await start([], {});
    let from = 0;
    const warm = [];
    for (const gateway of gateways) warm.push((await gateway.run(from, warmVisits)).orders);
    prove('orders of all gateways', new Set(warm).size, 1);
    from += warmVisits;

    const position = { agent: from, plain: from, twin: from };
    const block = (name: keyof typeof position, gateway: Gateway) => async () => {
      const measured = await gateway.run(position[name], visits);
      position[name] += visits;
      return measured;
    };
    const work = new Map([
      ['agent', block('agent', agent)],
      ['plain', block('plain', plain)],
      ['twin', block('twin', twin)],
    ] as const);
    const blocks = await interleave<keyof typeof position, Block>(work, pairs);
    const paired = Array.from({ length: pairs }, (_, index) => pairAt(blocks, index));
    for (const { agent, plain, twin } of paired) {
      prove('orders under the agent', agent.orders === plain.orders && twin.orders === plain.orders, true);
      prove('requests', [agent.requests, twin.requests], [plain.requests, plain.requests]);
    }
    await proveDormant(server, request.instance);
    return paired;
  } finally {
    for (const gateway of gateways) await gateway.stop();
    await server.stop();
  }
}

function pairAt(blocks: ReadonlyMap<keyof PairedBlocks, readonly Block[]>, index: number): PairedBlocks {
  const of = (name: keyof PairedBlocks): Block => {
    const block = blocks.get(name)?.[index];
    if (!block) throw new Error(`${name} has no block ${index}`);
    return block;
  };
  return { agent: of('agent'), plain: of('plain'), twin: of('twin') };
}

/** At the end, because an agent that is asked loads what it answers with. */
async function proveDormant(server: FakeServer, instance: string): Promise<void> {
  const [session, ...others] = server.sessions;
  prove('the agent’s one session', [session?.request.instance, session?.state, others.length], [instance, 'open', 0]);
  prove('what the agent sent', [server.events().length, server.statuses().length], [0, 0]);
  const line = probeLine(fileURLToPath(new URL(`../../../${guardedFile}`, import.meta.url)), 'order-priced');
  const { bindings } = await server.ask({ file: guardedFile, line });
  prove(
    'how a probe would stand',
    bindings.map(({ mechanism }) => mechanism),
    ['guard'],
  );
  prove('faults against the protocol', server.takeViolations(), []);
}
