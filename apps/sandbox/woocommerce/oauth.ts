import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Key } from './cabinet.js';
import { Problem } from './problem.js';

const WINDOW_MS = 15 * 60_000;
const METHODS: Readonly<Record<string, string>> = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' };
const REQUIRED = ['oauth_consumer_key', 'oauth_timestamp', 'oauth_nonce', 'oauth_signature', 'oauth_signature_method'];

export interface Signed {
  readonly verb: string;
  /** Without its query. */
  readonly url: string;
  /** As it came, percents and all. */
  readonly query: string;
}

/** What a query says of its signing; undefined where it says nothing. Throws what the shop answers to half a signature. */
export function oauthOf(query: string): Record<string, string> | undefined {
  const found = Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => name.startsWith('oauth_')));
  if (Object.keys(found).length === 0) return undefined;
  const missing = REQUIRED.filter((name) => found[name] === undefined);
  if (missing.length > 0)
    throw new Problem(
      401,
      'woocommerce_rest_authentication_missing_parameter',
      missing.length > 1 ? `Missing OAuth parameters ${missing.join(', ')}` : `Missing OAuth parameter ${missing[0]}`,
    );
  return found;
}

/** Moments and one-time words that were used. */
export class Nonces {
  private readonly used = new Map<string, number>();

  /** True when the word was used before within the window. */
  seen(key: string, nonce: string, now: number): boolean {
    for (const [word, at] of this.used) {
      if (at > now - WINDOW_MS) break;
      this.used.delete(word);
    }
    const word = `${key}/${nonce}`;
    if (this.used.has(word)) return true;
    this.used.set(word, now);
    return false;
  }
}

/** Throws what the shop answers to a signature that does not hold. `clocks`: a signer may live by any of them. */
export function checkSignature(signed: Signed, said: Readonly<Record<string, string>>, key: Key, nonces: Nonces, clocks: readonly number[]): void {
  const algorithm = METHODS[said['oauth_signature_method'] ?? ''];
  if (!algorithm) throw refused('Invalid signature - signature method is invalid.');
  const expected = createHmac(algorithm, `${key.consumer_secret}&`).update(baseString(signed)).digest('base64');
  if (!same(expected, said['oauth_signature'] ?? '')) throw refused('Invalid signature - provided signature does not match.');
  const moment = Number(said['oauth_timestamp']) * 1000;
  if (!clocks.some((now) => Math.abs(now - moment) <= WINDOW_MS)) throw refused('Invalid timestamp.');
  if (nonces.seen(key.consumer_key, said['oauth_nonce'] ?? '', Date.now())) throw refused('Invalid nonce - nonce has already been used.');
}

/** Method, address and sorted parameters, each as RFC 5849 spells it. */
function baseString({ verb, url, query }: Signed): string {
  const pairs = [...new URLSearchParams(query)]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]): [string, string] => [spelt(name), spelt(value)])
    .sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]));
  return [verb.toUpperCase(), spelt(url), spelt(pairs.map((pair) => pair.join('=')).join('&'))].join('&');
}

const spelt = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const refused = (why: string): Problem => new Problem(401, 'woocommerce_rest_authentication_error', why);

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
