import { type Command, silenceMs } from '@sonde/protocol/agent';
import type { Clock } from './clock.ts';
import { decodeCommand } from './command-decoder.ts';
import { EventStreamReader } from './event-stream.ts';
import { routePath } from './route-path.ts';
import type { Transport, TransportResponse } from './transport.ts';

/** Ten thousand probes with long expressions; beyond it something else than a server is sending. */
const maxMessageCharacters = 33_554_432;

export interface CommandStreamOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly sessionId: string;
  onOpen(): void;
  onCommand(command: Command): void;
  onDiagnostic(message: string): void;
  onEnd(reason: string, refusal?: TransportResponse): void;
}

/** Holds the commands stream of a session until it ends or falls silent. The answer closes it. */
export function openCommandStream(options: CommandStreamOptions): () => void {
  const { transport, clock, sessionId, onOpen, onCommand, onDiagnostic, onEnd } = options;
  const reader = new EventStreamReader(maxMessageCharacters, {
    onEvent({ data }) {
      const decoded = decodeCommand(data);
      if (decoded.kind === 'malformed') onDiagnostic(`the server sent a malformed command: ${decoded.problem}`);
      if (decoded.kind !== 'command') return;
      if (decoded.problem) onDiagnostic(decoded.problem);
      onCommand(decoded.command);
    },
    onOversize: () => onDiagnostic(`the server sent a command of more than ${maxMessageCharacters} characters`),
  });
  const watch = () =>
    clock.schedule(silenceMs, () => {
      close();
      onEnd(`no word from the server for ${silenceMs / 1000} s`);
    });
  // The time until the first answer counts too.
  let stopWatch = watch();
  const close = transport.listen(routePath('commands', { sessionId }), {
    onOpen,
    onChunk(chunk) {
      stopWatch();
      stopWatch = watch();
      reader.push(chunk);
    },
    onEnd(reason, refusal) {
      stopWatch();
      onEnd(reason, refusal);
    },
  });
  return () => {
    stopWatch();
    close();
  };
}
