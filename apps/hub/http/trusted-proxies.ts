import ipaddr from 'ipaddr.js';
import { FatalStartError } from '#platform';

/**
 * Whose word the hub takes for where a request comes from and whether it was encrypted: the proxies that are named, and nobody else.
 * @throws FatalStartError for what is no address and no network
 */
export function trustedProxies(named: string | undefined): string[] | false {
  if (named === undefined) return false;
  const proxies = named.split(',');
  if (proxies.every((one) => ipaddr.isValid(one) || ipaddr.isValidCIDR(one))) return proxies;
  throw new FatalStartError('TRUSTED_PROXIES (http.trustedProxies) names something that is no address and no network.', 'Write it like 127.0.0.1,10.0.0.0/8.', {
    told: { code: 'config-faults', settings: [{ name: 'TRUSTED_PROXIES (http.trustedProxies)', path: 'http.trustedProxies', kind: 'wrong' }] },
  });
}
