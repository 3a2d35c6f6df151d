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
 * How a request proves itself. No way puts the secret into the address.
 * - `basic`: a header; taken over TLS only.
 * - `oauth`: OAuth 1.0a, everything in the query; taken over plain HTTP, and over TLS where something on the way strips the header.
 * - `oauth-unseen-tls`: the same, signed for http: a proxy ends TLS, and WordPress behind it does not know.
 */
export type Proof = 'basic' | 'oauth' | 'oauth-unseen-tls';

/** The ways that may work for a site, in the order they are to be tried. Over plain HTTP it ignores Basic. */
export function proofsFor(siteUrl: string): readonly [Proof, ...Proof[]] {
  return siteUrl.startsWith('http://') ? ['oauth'] : ['basic', 'oauth', 'oauth-unseen-tls'];
}

export function sign(method: string, address: string, query: Query, { consumerKey, consumerSecret }: SiteKey, proof: Proof): Signed {
  if (proof === 'basic') {
    return { url: withQuery(address, query), headers: { Authorization: `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}` } };
  }
  const oauth = new OAuth({
    consumer: { key: consumerKey, secret: consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  const url = proof === 'oauth' ? address : address.replace(/^https:/, 'http:');
  const signature = oauth.authorize({ method, url, data: { ...query } });
  return { url: withQuery(address, { ...query, ...textMembers(signature) }), headers: {} };
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
