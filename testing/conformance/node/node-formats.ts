/** A file format in which Node runs the program, and how it is started. */
export interface NodeFormat {
  readonly name: string;
  /** Folder of the program, under `test-targets`. */
  readonly folder: string;
  readonly app: string;
  /** The file with the marked lines. */
  readonly file: string;
  /** Options of Node behind the agent's. */
  readonly options: readonly string[];
  /** The first major version that runs it. */
  readonly since: number;
}

export const nodeFormats: readonly NodeFormat[] = [
  { name: 'CommonJS', folder: 'commonjs', app: 'app.cjs', file: 'orders.cjs', options: [], since: 20 },
  { name: 'ES modules', folder: 'modules', app: 'app.mjs', file: 'orders.mjs', options: [], since: 20 },
  {
    name: 'TypeScript, ES modules, types stripped by Node',
    folder: 'typescript',
    app: 'app.ts',
    file: 'orders.ts',
    // Node 22 warns of it.
    options: ['--disable-warning=ExperimentalWarning'],
    since: 22,
  },
  {
    name: 'TypeScript, CommonJS, types stripped by Node',
    folder: 'typescript-commonjs',
    app: 'app.cts',
    file: 'orders.cts',
    options: ['--disable-warning=ExperimentalWarning'],
    since: 22,
  },
  {
    name: 'TypeScript, ES modules, through tsx',
    folder: 'typescript',
    app: 'app.ts',
    file: 'orders.ts',
    options: ['--import', 'tsx'],
    since: 20,
  },
  {
    name: 'TypeScript, CommonJS, through tsx',
    folder: 'typescript-commonjs',
    app: 'app.cts',
    file: 'orders.cts',
    options: ['--import', 'tsx'],
    since: 20,
  },
];
