import type { Market } from './market.js';
import { Problem } from './problem.js';

/** Whose key a request carries; throws what the channel answers to a wrong, missing or dead one. */
export function authorise(market: Market, headers: Record<string, string | string[] | undefined>): 'A' | 'B' {
  const clientId = headers['client-id'];
  const apiKey = headers['api-key'];
  if (typeof clientId !== 'string' || typeof apiKey !== 'string') {
    throw new Problem(401, 16, 'Client-Id and Api-Key headers are required');
  }
  const { client_id: known, keys } = market.cabinet.current;
  const name = apiKey === keys.A.value ? 'A' : apiKey === keys.B.value ? 'B' : undefined;
  if (clientId !== known || name === undefined) throw new Problem(403, 7, 'Invalid Api-Key, please check the key and try again');
  const key = keys[name];
  if (key.revoked || key.expiresAt <= market.clock.now()) {
    throw new Problem(403, 7, 'Api-key is deactivated, use another one or generate a new one');
  }
  return name;
}
