/** What a folder may import, beyond itself and Node's own modules. The first rule whose folder holds a file is its rule. */
export interface LayerRule {
  readonly folder: string;
  /** Folders of the repository, each with everything below it. */
  readonly folders: readonly string[];
  /** Packages from the registry. */
  readonly packages: readonly string[];
}

const testTools = ['vitest', 'ajv', 'esbuild'];

/** Source, without tests. The order matters: inner folders come before the folder that holds them. */
export const sourceRules: readonly LayerRule[] = [
  { folder: 'protocol/src', folders: [], packages: [] },
  { folder: 'agents/node/src/instrument', folders: [], packages: ['acorn'] },
  {
    folder: 'agents/node/src/redaction',
    folders: ['protocol/src/agent.ts', 'agents/node/src/intrinsics'],
    packages: [],
  },
  { folder: 'agents/node/src/intrinsics', folders: [], packages: [] },
  {
    folder: 'agents/node/src/capture',
    folders: ['protocol/src/agent.ts', 'agents/node/src/intrinsics', 'agents/node/src/redaction'],
    packages: [],
  },
  {
    folder: 'agents/node/src/expressions',
    folders: [
      'protocol/src/agent.ts',
      'agents/node/src/intrinsics',
      'agents/node/src/redaction',
      'agents/node/src/capture',
    ],
    packages: ['acorn'],
  },
  {
    folder: 'agents/node/src/source',
    folders: ['protocol/src/agent.ts', 'agents/node/src/instrument'],
    packages: ['@jridgewell/trace-mapping'],
  },
  { folder: 'agents/node/src/rate', folders: [], packages: [] },
  { folder: 'agents/node/src/delivery', folders: ['protocol/src/agent.ts', 'agents/node/src/rate'], packages: [] },
  { folder: 'agents/node/src/inspector', folders: ['protocol/src/agent.ts', 'agents/node/src/delivery'], packages: [] },
  {
    folder: 'agents/node/src/probes',
    folders: [
      'protocol/src/agent.ts',
      'agents/node/src/capture',
      'agents/node/src/correlation',
      'agents/node/src/delivery/channel.ts',
      'agents/node/src/delivery/log-columns.ts',
      'agents/node/src/expressions',
      'agents/node/src/instrument',
      'agents/node/src/intrinsics',
      'agents/node/src/rate',
      'agents/node/src/redaction',
      'agents/node/src/source',
    ],
    packages: [],
  },
  { folder: 'agents/node/src', folders: ['protocol/src/agent.ts', 'agents/node/src'], packages: [] },
  { folder: 'agents/node', folders: [], packages: ['esbuild'] },
  { folder: 'server/src/storage', folders: ['protocol/src', 'server/src'], packages: ['kysely'] },
  { folder: 'server/src/http', folders: ['protocol/src', 'server/src'], packages: [] },
  { folder: 'server/src/main.ts', folders: ['protocol/src', 'server/src'], packages: [] },
  {
    folder: 'server/src',
    folders: [
      'protocol/src',
      'server/src/access',
      'server/src/agents',
      'server/src/bus',
      'server/src/events',
      'server/src/probes',
    ],
    packages: [],
  },
  { folder: 'clients/api', folders: ['protocol/src'], packages: [] },
  {
    folder: 'clients/cli',
    folders: ['protocol/src', 'clients/api/src', 'server/src/main.ts', 'agents/node/src/index.ts'],
    packages: ['commander'],
  },
  {
    folder: 'examples',
    folders: [],
    packages: ['fastify', '@opentelemetry/api', '@opentelemetry/sdk-trace-node'],
  },
  {
    folder: 'testing',
    folders: [''],
    packages: ['esbuild', 'tsx', '@opentelemetry/api', '@opentelemetry/sdk-trace-node'],
  },
  { folder: 'benchmarks', folders: [''], packages: ['esbuild'] },
  { folder: 'scripts', folders: ['protocol/src', 'scripts'], packages: ['vitest'] },
];

/** Tests see what their folder sees, the fakes and targets of `testing/`, and the tools of testing. */
export function testRule(source: LayerRule): LayerRule {
  const folders = [...source.folders, 'testing', source.folder.split('/').slice(0, 2).join('/')];
  return { folder: source.folder, folders, packages: [...source.packages, ...testTools] };
}
