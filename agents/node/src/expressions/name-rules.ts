import type { TextRange } from '@sonde/protocol/agent';
import type { Redaction } from '../redaction/redaction.ts';
import { Refusal } from './refusal.ts';

/** Ways to run text as code, or to name a thing by text that nobody could check. */
const closedNames: ReadonlySet<string> = new Set([
  ...['eval', 'Function', 'globalThis', 'global', 'require', 'module', 'arguments', 'Reflect', 'Proxy', 'JSON'],
]);

/** These hand out values without the names they stand under, so that nothing could be redacted in the result. */
const nameless: ReadonlySet<string> = new Set([
  ...['values', 'entries', 'fromEntries', 'assign', 'stringify', 'inspect', 'serialize', 'call', 'apply', 'bind'],
  ...['getOwnPropertyDescriptor', 'getOwnPropertyDescriptors', '__lookupGetter__', '__lookupSetter__'],
]);

/** These compare or cut text: `role.includes('token')` asks for no field. */
const textMethods: ReadonlySet<string> = new Set([
  ...['includes', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'localeCompare', 'join', 'concat', 'split'],
  ...['replace', 'replaceAll', 'match', 'test', 'padStart', 'padEnd', 'slice', 'substring', 'charAt', 'at'],
]);

/** Whether the first argument of a call may name a field, as in `headers.get(name)`. */
export function takesKey(method: string | undefined): boolean {
  return method === undefined || !textMethods.has(method);
}

export function checkFreeName(name: string, redaction: Redaction, range: TextRange): void {
  checkRedacted(name, redaction, range);
  if (closedNames.has(name)) {
    throw new Refusal('expression.refused', `${name} is not available here; name a variable of this line`, range);
  }
}

export function checkProperty(name: string, redaction: Redaction, range: TextRange): void {
  checkRedacted(name, redaction, range);
  if (name === '__proto__' || name === 'constructor') {
    const message = `${name} is not readable here; constructor.name gives the name of a class`;
    throw new Refusal('expression.refused', message, range);
  }
}

export function checkMethod(name: string, redaction: Redaction, range: TextRange): void {
  checkProperty(name, redaction, range);
  if (nameless.has(name)) {
    const message = `${name}() would show values without their names, past redaction; name the field you want to see`;
    throw new Refusal('expression.refused', message, range);
  }
}

function checkRedacted(name: string, redaction: Redaction, range: TextRange): void {
  if (!redaction.isRedactedAccess(name)) return;
  throw new Refusal('expression.redacted', `${name} is redacted and cannot be read; name another field`, range);
}
