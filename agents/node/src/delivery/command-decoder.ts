import { type Command, type CommandKind, command, probeKinds } from '@sonde/protocol/agent';

export type DecodedCommand =
  | { readonly kind: 'command'; readonly command: Command; readonly problem?: string }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed'; readonly problem: string };

const knownKinds: { readonly [K in CommandKind]: true } = { probes: true, policy: true, explain: true, detach: true };

/** Reads one message of the commands stream. A kind that only a newer agent knows is not an error. */
export function decodeCommand(text: string): DecodedCommand {
  try {
    const message: unknown = JSON.parse(text);
    const kind = field(message, 'kind');
    if (typeof kind === 'string' && !Object.hasOwn(knownKinds, kind)) return { kind: 'ignored' };
    const unknownProbes = countUnknownProbes(message);
    const decoded = command.decode(unknownProbes > 0 ? withoutUnknownProbes(message) : message);
    if (unknownProbes === 0) return { kind: 'command', command: decoded };
    return {
      kind: 'command',
      command: decoded,
      problem: `${unknownProbes} probes are of a kind this agent does not know`,
    };
  } catch (error) {
    return { kind: 'malformed', problem: error instanceof Error ? error.message : String(error) };
  }
}

/** One probe of a newer kind must not cost the agent all the others in the set. */
function withoutUnknownProbes(message: unknown): unknown {
  return { ...(message as object), probes: probesOf(message).filter((probe) => !isUnknown(probe)) };
}

function countUnknownProbes(message: unknown): number {
  return probesOf(message).filter(isUnknown).length;
}

function isUnknown(probe: unknown): boolean {
  const kind = field(probe, 'kind');
  return typeof kind === 'string' && !probeKinds.some((known) => known === kind);
}

function probesOf(message: unknown): readonly unknown[] {
  const probes = field(message, 'probes');
  return Array.isArray(probes) ? probes : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as { readonly [name: string]: unknown })[name]
    : undefined;
}
