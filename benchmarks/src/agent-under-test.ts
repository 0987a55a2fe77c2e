/** The built agent, as a user loads it. */
export const agentArguments: readonly string[] = [
  '--import',
  new URL('../../agents/node/dist/register.js', import.meta.url).href,
];

/** Where the agent finds its server; `root` is the folder of the application's own files. */
export function agentEnvironment(url: string, token: string, root: string): { readonly [name: string]: string } {
  return { SONDE_URL: url, SONDE_TOKEN: token, SONDE_ROOT: root };
}
