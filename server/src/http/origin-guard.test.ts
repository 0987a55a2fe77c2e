import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { OriginGuard } from './origin-guard.ts';

function check(guard: OriginGuard, host: string | undefined, origin?: string): boolean {
  try {
    guard.check({ headers: { host, origin } } as IncomingMessage);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'request.origin' });
    return false;
  }
}

describe('a server on loopback', () => {
  const guard = new OriginGuard('127.0.0.1', ['sonde.internal']);

  it.each([
    '127.0.0.1:7300',
    'localhost:7300',
    'localhost',
    'LOCALHOST:1',
    '[::1]:7300',
    '127.8.9.1',
    'sonde.internal:80',
  ])('answers to %s', (host) => expect(check(guard, host)).toBe(true));

  it.each([
    'evil.example',
    'evil.example:7300',
    'localhost.evil.example',
    '127.0.0.1.evil.example:7300',
    '192.168.1.5:7300',
    '[::2]',
    '',
    undefined,
    'localhost:7300@evil.example',
    '127.0.0.1:7300:80',
  ])('does not answer to %s', (host) => expect(check(guard, host)).toBe(false));

  it.each([
    ['http://localhost:7300', true],
    ['http://evil.example', false],
    ['http://localhost:8080', false],
    ['null', false],
    ['garbage', false],
  ])('called by a page of %s answers: %s', (origin, answers) => {
    expect(check(guard, 'localhost:7300', origin)).toBe(answers);
  });
});

describe('a server on every address', () => {
  const guard = new OriginGuard('0.0.0.0', []);

  it('answers to addresses, not to names nobody gave it', () => {
    expect(check(guard, '192.168.1.5:7300')).toBe(true);
    expect(check(guard, '[fe80::1]:7300')).toBe(true);
    expect(check(guard, 'evil.example:7300')).toBe(false);
  });
});
