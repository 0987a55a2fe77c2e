import type { Tags } from '@sonde/protocol';
import type { Environment } from '../cli-context.ts';

interface ChildSettings {
  readonly agentEntry: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly service?: string;
  readonly tag?: Tags;
  readonly path: string | undefined;
}

/** The environment of the program: what it would have without us, and the agent. */
export function childEnvironment(env: Environment, settings: ChildSettings): Environment {
  const { agentEntry, url, token, service, tag, path } = settings;
  const tags = [env['SONDE_TAGS'], ...Object.entries(tag ?? {}).map(([key, value]) => `${key}=${value}`)];
  const named = tags.filter(Boolean).join(',');
  return {
    ...env,
    ...(path !== undefined && { PATH: path }),
    NODE_OPTIONS: withImport(env['NODE_OPTIONS'], agentEntry),
    SONDE_URL: url,
    SONDE_TOKEN: token,
    ...(service && { SONDE_SERVICE: service }),
    ...(named && { SONDE_TAGS: named }),
  };
}

/** Keeps what is there. A file URL has no spaces and no quotes, so it needs no quoting. */
function withImport(options: string | undefined, entry: string): string {
  const flag = `--import ${entry}`;
  if (!options?.trim()) return flag;
  return options.includes(flag) ? options : `${options} ${flag}`;
}
