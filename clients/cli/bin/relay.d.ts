import type { Environment, ProgramEnd } from '../src/cli-context.ts';

export function relayProgram(command: string, args: readonly string[], env: Environment): Promise<ProgramEnd>;
