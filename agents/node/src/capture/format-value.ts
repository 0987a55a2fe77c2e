import type { CapturedValue } from '@sonde/protocol/agent';

/** What of a captured value fits in a line of a log. Strings stand as they are, inside of others in quotes. */
export function formatCaptured(value: CapturedValue): string {
  return value.type === 'string' && value.text !== undefined ? cutText(value, value.text) : format(value);
}

function format(value: CapturedValue): string {
  if (value.missing === 'redacted' || value.missing === 'getter') return `[${value.missing}]`;
  return value.ref === undefined ? formatRead(value) : '[seen above]';
}

function formatRead(value: CapturedValue): string {
  switch (value.type) {
    case 'undefined':
    case 'null':
      return value.type;
    case 'string':
      return value.text === undefined ? `[string of ${value.size ?? '?'}]` : cutText(value, JSON.stringify(value.text));
    case 'bigint':
      return value.text === undefined ? '[bigint]' : `${value.text}n`;
    case 'function':
      return `[${value.className ?? 'function'} ${value.text ?? ''}]`;
    case 'promise':
    case 'proxy':
      return `[${value.type}]`;
    case 'error':
      return formatError(value);
    case 'bytes':
      return `${value.className ?? 'bytes'} <${value.text ?? ''}${value.size === undefined ? '' : `… ${value.size} bytes`}>`;
    default:
      return value.text ?? formatParts(value);
  }
}

function cutText(value: CapturedValue, shown: string): string {
  return value.missing === undefined ? shown : `${shown}… (${value.size ?? 'more'} characters)`;
}

function formatError(value: CapturedValue): string {
  const message = value.fields?.find((field) => field.name === 'message')?.value.text;
  const name = value.className ?? 'Error';
  return message === undefined ? `[${name}]` : `${name}: ${message}`;
}

const typeNames: { readonly [type in CapturedValue['type']]?: string } = { map: 'Map', set: 'Set' };

function formatParts(value: CapturedValue): string {
  const name = value.className ?? typeNames[value.type];
  if (value.fields === undefined && value.elements === undefined && value.entries === undefined) {
    return `[${name ?? value.type}]`;
  }
  const parts = [
    ...(value.fields ?? []).map((field) => `${field.name}: ${format(field.value)}`),
    ...(value.elements ?? []).map(format),
    ...(value.entries ?? []).map((entry) => `${format(entry.key)} => ${format(entry.value)}`),
  ];
  const hidden = (value.size ?? parts.length) - parts.length;
  if (hidden > 0 || value.missing !== undefined) parts.push(hidden > 0 ? `… ${hidden} more` : '…');
  const inner = parts.join(', ');
  const prefix = name === undefined ? '' : `${name} `;
  return value.type === 'array' ? `${prefix}[${inner}]` : `${prefix}{${inner}}`;
}
