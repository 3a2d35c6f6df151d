import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';

export interface SiteKey {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export type Query = Readonly<Record<string, string>>;

export interface Signed {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How a request proves itself: Basic over TLS; over plain HTTP the site ignores Basic, so OAuth 1.0a with everything in the query.
 * Both keep the secret out of the address.
 */
export function sign(method: string, address: string, query: Query, { consumerKey, consumerSecret }: SiteKey): Signed {
  if (!address.startsWith('http://')) {
    return { url: withQuery(address, query), headers: { Authorization: `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}` } };
  }
  const oauth = new OAuth({
    consumer: { key: consumerKey, secret: consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  const proof = oauth.authorize({ method, url: address, data: { ...query } });
  return { url: withQuery(address, { ...query, ...textMembers(proof) }), headers: {} };
}

/** Percent-encoded as it is signed: a blank is %20, never +. */
function withQuery(address: string, query: Query): string {
  const pairs = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.length === 0 ? address : `${address}?${pairs.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function textMembers(proof: object): Query {
  return Object.fromEntries(Object.entries(proof).map(([name, value]) => [name, String(value)]));
}
