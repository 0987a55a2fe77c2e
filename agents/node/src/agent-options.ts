import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How an agent is told what to do. Everything has a default; without a token it waits for nothing and does nothing. */
export interface AgentOptions {
  /** The server, for example `http://127.0.0.1:7300`. */
  readonly url: string;
  /** An agent's token; undefined: there is none, so the agent stays off. */
  readonly token: string | undefined;
  readonly service: string;
  readonly tags: { readonly [key: string]: string };
  readonly commit: string | undefined;
  /** The folder whose files are the application's own code. */
  readonly root: string;
  /** `full`: guards in the application's own code. `off`: none; every probe is a breakpoint. */
  readonly guards: 'full' | 'off';
  /** `on`: expressions may call the application's code, under V8's side-effect check. `off`: such probes are refused. */
  readonly sandbox: 'on' | 'off';
  /** Name of the thread where there are several. */
  readonly thread: string;
  /** Prints what the agent does to standard error. */
  readonly debug: boolean;
}

const defaultUrl = 'http://127.0.0.1:7300';

/**
 * Options from environment variables: `SONDE_URL`, `SONDE_TOKEN`, `SONDE_SERVICE`, `SONDE_TAGS` (`env=prod,zone=a`),
 * `SONDE_COMMIT`, `SONDE_ROOT`, `SONDE_GUARDS` and `SONDE_SANDBOX` (`off` turns them off), `SONDE_DEBUG`. Undefined when `SONDE_DISABLED` is set.
 * Without `SONDE_TOKEN`, the token that `sonde up` keeps for this user is read. What is `chosen` in code goes first.
 */
export function agentOptions(
  env: { readonly [name: string]: string | undefined },
  process: { readonly cwd: string; readonly script: string | undefined; readonly thread: string },
  chosen: Partial<AgentOptions> = {},
): AgentOptions | undefined {
  if (env['SONDE_DISABLED'] && env['SONDE_DISABLED'] !== '0') return undefined;
  // The local token depends on where it would go, so the address must be the final one.
  const url = chosen.url ?? (env['SONDE_URL'] || defaultUrl);
  return {
    url,
    token: env['SONDE_TOKEN'] || localToken(env, url),
    service: (env['SONDE_SERVICE'] || serviceName(process.cwd, process.script)).slice(0, 200),
    tags: parseTags(env['SONDE_TAGS'] ?? ''),
    commit: env['SONDE_COMMIT'],
    root: env['SONDE_ROOT'] || process.cwd,
    guards: env['SONDE_GUARDS'] === 'off' ? 'off' : 'full',
    sandbox: env['SONDE_SANDBOX'] === 'off' ? 'off' : 'on',
    thread: process.thread,
    debug: Boolean(env['SONDE_DEBUG'] && env['SONDE_DEBUG'] !== '0'),
    ...chosen,
  };
}

/** A token of this machine is only for a server on this machine: it never goes to a host from somewhere else. */
function localToken(env: { readonly [name: string]: string | undefined }, url: string): string | undefined {
  if (!isLocal(url)) return undefined;
  const folder = env['SONDE_DATA'] || join(homedir(), '.sonde');
  try {
    return readFileSync(join(folder, 'agent-token'), 'utf8').trim() || undefined;
  } catch {
    // No server has been started by this user: that is the common case, and not an error.
    return undefined;
  }
}

function isLocal(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** The nearest package's name, else the script's; what people call the service. */
function serviceName(cwd: string, script: string | undefined): string {
  try {
    const { name } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as { name?: unknown };
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // No readable package.json in the working directory: the script's name is the next best.
  }
  return script?.split(/[\\/]/).at(-1) || 'node';
}

function parseTags(text: string): { [key: string]: string } {
  const tags: { [key: string]: string } = {};
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    if (at > 0)
      tags[pair.slice(0, at).trim().slice(0, 100)] = pair
        .slice(at + 1)
        .trim()
        .slice(0, 300);
  }
  return tags;
}
