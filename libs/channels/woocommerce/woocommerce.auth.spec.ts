import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { sign } from './woocommerce.auth.js';

const KEY = { consumerKey: 'ck_key', consumerSecret: 'cs_secret' };

/** The site's side: what it makes of a request it received, by RFC 5849 alone. */
function signatureAsTheSiteSeesIt(method: string, received: string, secret: string): string {
  const [address = '', query = ''] = received.split('?');
  const pairs = query
    .split('&')
    .map((pair) => pair.split('=').map(decodeURIComponent) as [string, string])
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [strict(name), strict(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const base = [method, strict(address), strict(pairs.map((pair) => pair.join('=')).join('&'))].join('&');
  return createHmac('sha256', `${secret}&`).update(base).digest('base64');
}

function strict(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

describe('proof of a request', () => {
  it('is Basic over TLS, and the secret is not in the address', () => {
    const { url, headers } = sign('GET', 'https://shop.test/wp-json/wc/v3/products', { sku: 'А 1,B' }, KEY, 'basic');
    expect(url).toBe('https://shop.test/wp-json/wc/v3/products?sku=%D0%90%201%2CB');
    expect(headers).toEqual({ Authorization: `Basic ${Buffer.from('ck_key:cs_secret').toString('base64')}` });
  });

  it.each([
    ['no parameters', {}],
    ['signs that are encoded in two ways', { sku: "А 1,B!*'()", modified_after: '2026-11-21T10:00:00' }],
  ])('over plain HTTP is an OAuth signature that the site finds again: %s', (_name, query) => {
    const { url, headers } = sign('POST', 'http://shop.test:8080/wp-json/wc/v3/products', query, KEY, 'oauth');
    const params = new URL(url).searchParams;
    expect(headers).toEqual({});
    expect(params.get('oauth_signature_method')).toBe('HMAC-SHA256');
    expect(params.get('oauth_consumer_key')).toBe('ck_key');
    expect(params.get('oauth_signature')).toBe(signatureAsTheSiteSeesIt('POST', url, 'cs_secret'));
    expect(url).not.toContain('cs_secret');
  });

  it('is signed for http and sent over TLS where the site does not know that a proxy ends it', () => {
    const { url, headers } = sign('GET', 'https://shop.test/wp-json/wc/v3/products', { page: '2' }, KEY, 'oauth-unseen-tls');
    expect([url.startsWith('https://shop.test/'), headers]).toEqual([true, {}]);
    expect(new URL(url).searchParams.get('oauth_signature')).toBe(signatureAsTheSiteSeesIt('GET', url.replace('https:', 'http:'), 'cs_secret'));
  });

  it('never repeats a nonce', () => {
    const nonces = Array.from({ length: 20 }, () => new URL(sign('GET', 'http://shop.test/x', {}, KEY, 'oauth').url).searchParams.get('oauth_nonce'));
    expect(new Set(nonces).size).toBe(20);
  });
});
