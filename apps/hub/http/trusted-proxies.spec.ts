import { describe, expect, it } from '@jest/globals';
import { trustedProxies } from './trusted-proxies.js';

describe('proxies that are believed', () => {
  it('are nobody, or the addresses and networks named', () => {
    expect(trustedProxies(undefined)).toBe(false);
    expect(trustedProxies('127.0.0.1,10.0.0.0/8,::1,fd00::/8')).toEqual(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']);
  });

  it.each(['999.1.1.1', '10.0.0.0/99', 'proxy', '127.0.0.1,'])('are refused when they are none: %s', (named) => {
    expect(() => trustedProxies(named)).toThrow(/TRUSTED_PROXIES/);
  });
});
