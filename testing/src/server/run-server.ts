// A server as a process of its own: `node run-server.ts --data DIR [--port N]`. Prints one line of JSON when it is up. For
// tests and benchmarks that must be able to kill it; people have `sonde up`.
import { parseArgs } from 'node:util';
import { StartError, startServer } from '@sonde/server';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    'session-timeout-ms': { type: 'string' },
    'heartbeat-ms': { type: 'string' },
  },
});
if (values.data === undefined) throw new Error('say --data DIR');

try {
  const server = await startServer({
    data: values.data,
    port: Number(values.port),
    ...(values['session-timeout-ms'] && { sessionTimeoutMs: Number(values['session-timeout-ms']) }),
    ...(values['heartbeat-ms'] && { heartbeatMs: Number(values['heartbeat-ms']) }),
  });
  let asked = false;
  const stop = () => {
    // Who asks twice does not want to wait.
    if (asked) process.exit(130);
    asked = true;
    void server.stop();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  // After the handlers: who reads this line may send a signal at once.
  const { url, adminTokenFile, agentTokenFile } = server;
  process.stdout.write(`${JSON.stringify({ url, adminTokenFile, agentTokenFile })}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${JSON.stringify({ reason: error.reason, message: error.message, hint: error.hint })}\n`);
  process.exitCode = 1;
}
