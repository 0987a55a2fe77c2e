import type { Tags } from '@sonde/protocol';
import { InvalidArgumentError } from 'commander';

/** For an option that may be given several times. */
export function collectText(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/** For `key=value` that may be given several times; the value may hold further `=`. */
export function collectTag(text: string, earlier: Tags = {}): Tags {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Say key=value, for example env=prod.');
  return { ...earlier, [text.slice(0, equals)]: text.slice(equals + 1) };
}
