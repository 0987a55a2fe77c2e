import { styleText } from 'node:util';
import type { Environment, Terminal } from '../cli-context.ts';

type Format = Parameters<typeof styleText>[0];

/** Puts a style around a text, or leaves the text alone where there is no colour. */
export type Paint = (format: Format, text: string) => string;

export const plainPaint: Paint = (_, text) => text;

/** FORCE_COLOR wins over NO_COLOR, as in Node; else colour is for terminals that can show it. */
export function createPaint(terminal: Terminal, env: Environment): Paint {
  return hasColour(terminal, env) ? (format, text) => styleText(format, text, { validateStream: false }) : plainPaint;
}

function hasColour(terminal: Terminal, env: Environment): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR']) return false;
  return terminal.isTTY && env['TERM'] !== 'dumb';
}
