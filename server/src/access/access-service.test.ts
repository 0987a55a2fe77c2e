import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { countingIds } from '../test-support/counting-ids.ts';
import { AccessService } from './access-service.ts';
import { FakeAccessStore } from './fake-access-store.ts';

const yearMs = 365 * 24 * 3_600_000;

describe('access', () => {
  let clock: FakeClock;
  let store: FakeAccessStore;
  let access: AccessService;

  beforeEach(() => {
    clock = new FakeClock();
    store = new FakeAccessStore();
    access = new AccessService({ store, clock, newId: countingIds() });
  });

  it('makes tokens of 256 random bits whose prefix says what they are', async () => {
    const [admin, agent] = [await access.issue('admin', 'admin'), await access.issue('agent', 'shop')];
    expect(admin).toMatch(/^sonde_admin_[\w-]{43}$/);
    expect(agent).toMatch(/^sonde_agent_[\w-]{43}$/);
    expect(new Set([admin, agent, await access.issue('admin', 'admin')]).size).toBe(3);
  });

  it('keeps no token, only its hash', async () => {
    const token = await access.issue('admin', 'admin');
    expect(JSON.stringify(await store.list())).not.toContain(token.slice('sonde_admin_'.length));
  });

  it('lets a token in by the header alone', async () => {
    const token = await access.issue('agent', 'shop');
    expect(access.authenticate(`Bearer ${token}`, 'agent').name).toBe('shop');
    expect(access.authenticate(`bearer  ${token} `, 'agent').name).toBe('shop');
  });

  it('knows tokens of an earlier start', async () => {
    const token = await access.issue('agent', 'shop');
    const later = new AccessService({ store, clock, newId: countingIds() });
    await later.load();
    expect(later.authenticate(`Bearer ${token}`, 'agent').kind).toBe('agent');
  });

  it.each([
    ['no header', undefined, 'token.missing'],
    ['another scheme', 'Basic abc', 'token.missing'],
    ['no token', 'Bearer ', 'token.missing'],
    ['two words', 'Bearer a b', 'token.missing'],
    ['an unknown token', `Bearer sonde_admin_${'A'.repeat(43)}`, 'token.unknown'],
  ])('refuses %s', async (_, header, code) => {
    await access.issue('admin', 'admin');
    expect(() => access.authenticate(header, 'admin')).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a token cut short or with something added', async () => {
    const token = await access.issue('admin', 'admin');
    for (const wrong of [token.slice(0, -1), `${token}A`, token.toUpperCase()])
      expect(() => access.authenticate(`Bearer ${wrong}`, 'admin')).toThrow(
        expect.objectContaining({ code: 'token.unknown' }),
      );
  });

  it('refuses a token of the other kind by its scope', async () => {
    const [admin, agent] = [await access.issue('admin', 'admin'), await access.issue('agent', 'agent')];
    const scope = expect.objectContaining({ code: 'token.scope' });
    expect(() => access.authenticate(`Bearer ${admin}`, 'agent')).toThrow(scope);
    expect(() => access.authenticate(`Bearer ${agent}`, 'admin')).toThrow(scope);
  });

  it('refuses a token that has ended and says when it did', async () => {
    const token = await access.issue('admin', 'admin');
    clock.advance(yearMs - 1);
    expect(access.accepts(token, 'admin')).toBe(true);
    clock.advance(1);
    expect(access.accepts(token, 'admin')).toBe(false);
    const ended = expect.objectContaining({ code: 'token.expired', message: expect.stringContaining('2024-11-13') });
    expect(() => access.authenticate(`Bearer ${token}`, 'admin')).toThrow(ended);
  });
});
