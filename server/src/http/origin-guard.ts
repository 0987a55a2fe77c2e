import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from '../loopback.ts';
import { Refusal } from '../refusal.ts';

/**
 * Keeps web pages out: a page of elsewhere whose name was made to point here (DNS rebinding) sends that name as `Host`,
 * and one that calls across sends its own `Origin`. Addresses are let in: no name, no rebinding.
 */
export class OriginGuard {
  readonly #names: ReadonlySet<string>;
  readonly #loopbackOnly: boolean;

  /** `names`: what the server is called by those who may call it, beside `localhost`. */
  constructor(listenHost: string, names: readonly string[]) {
    this.#names = new Set([listenHost, ...names].map((name) => name.toLowerCase()));
    this.#loopbackOnly = isLoopback(listenHost);
  }

  check(request: IncomingMessage): void {
    const { host = '', origin } = request.headers;
    if (!this.isOwn(host)) {
      throw new Refusal('request.origin', `This server is not called "${host.slice(0, 100)}": use its own address`);
    }
    if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
      throw new Refusal('request.origin', `Pages of ${origin.slice(0, 100)} may not call this server`);
    }
  }

  private isOwn(host: string): boolean {
    const name = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(host.toLowerCase());
    const plain = name?.[1] ?? name?.[2] ?? '';
    if (isLoopback(plain) || this.#names.has(plain)) return true;
    return !this.#loopbackOnly && isIP(plain) !== 0;
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
