import { classNameOf } from '../capture/class-name.ts';
import { apply, isProxy, ownData, slice } from '../intrinsics/intrinsics.ts';

const maxLength = 300;
// Taken before the application can replace it.
const { test } = RegExp.prototype;

/** Name and message of what was thrown, read without running any of it. */
export function thrownText(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `a ${thrown === null ? 'null' : typeof thrown} was thrown`;
  if (isProxy(thrown)) return 'a proxy was thrown';
  const name = classNameOf(thrown) ?? 'Object';
  const message = ownData(thrown, 'message');
  return typeof message === 'string' && message !== '' ? `${name}: ${slice(message, 0, maxLength)}` : name;
}

/** What V8 itself says of the commonest mistakes. These texts hold names of the source and no values. */
const harmless = [
  /^Cannot read properties of (?:undefined|null) \(reading '[\w$#]{1,100}'\)$/,
  /^[\w$.#]{1,100} is not (?:a function|a constructor|iterable|defined)$/,
  /^Cannot access '[\w$#]{1,100}' before initialization$/,
];

/**
 * The same for what code of the application threw. An application writes values into its messages, under no name that
 * could be redacted, so only messages that V8 makes leave the process.
 */
export function applicationThrownText(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || isProxy(thrown)) return thrownText(thrown);
  const message = ownData(thrown, 'message');
  if (typeof message === 'string' && harmless.some((pattern) => apply(test, pattern, [message])))
    return thrownText(thrown);
  return `${classNameOf(thrown) ?? 'an object'} was thrown; its message stays in the process, for it may hold anything`;
}
