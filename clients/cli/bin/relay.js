// Plain JavaScript that Node 20 can run, like sonde.js, which needs it to hand over to a newer Node.
import { spawn } from 'node:child_process';

// SIGUSR1, unless it is listened for, would open Node's debugger in this process.
const relayed = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];
// A terminal sends these to every process in its foreground, the program among them: passing them on would send them
// twice, and many programs take a second one as an order to stop at once.
const sentByTerminal = new Set(['SIGINT', 'SIGQUIT', 'SIGHUP']);

/**
 * Runs a program in our place: its standard streams are ours, signals to us reach it, and when a signal ends it, the
 * same signal ends us. Resolves when it exits, or when it cannot be started.
 */
export function relayProgram(command, args, env) {
  return new Promise((resolve) => {
    const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    const child = spawn(command, args, { env, stdio: 'inherit' });
    const handlers = relayed.map((signal) => {
      const handler = () => {
        if (!(onTerminal && sentByTerminal.has(signal))) child.kill(signal);
      };
      process.on(signal, handler);
      return { signal, handler };
    });
    const leave = (end) => {
      for (const { signal, handler } of handlers) process.off(signal, handler);
      resolve(end);
    };
    child.on('error', (error) => {
      if (child.pid === undefined) leave({ kind: 'not-started', code: error.code ?? error.message });
    });
    child.on('exit', (code, signal) => {
      if (signal === null) return leave({ kind: 'exited', code });
      leave({ kind: 'killed', signal });
      process.kill(process.pid, signal);
    });
  });
}
