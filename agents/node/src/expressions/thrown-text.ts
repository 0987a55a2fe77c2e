import { classNameOf } from '../capture/class-name.ts';
import { isProxy, ownData, slice } from '../intrinsics/intrinsics.ts';

const maxLength = 300;

/** Name and message of what was thrown, read without running any of it. */
export function thrownText(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `a ${thrown === null ? 'null' : typeof thrown} was thrown`;
  if (isProxy(thrown)) return 'a proxy was thrown';
  const name = classNameOf(thrown) ?? 'Object';
  const message = ownData(thrown, 'message');
  return typeof message === 'string' && message !== '' ? `${name}: ${slice(message, 0, maxLength)}` : name;
}
