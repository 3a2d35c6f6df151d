import type { CabinetOffice } from './cabinet.js';
import { forbidden, unauthorised } from './problem.js';

/** What a key may be allowed. A scope that writes also reads; `…:read-only` only reads. */
export type Area = 'offers-and-cards-management' | 'pricing' | 'inventory-and-order-processing' | 'settings-management';

export const SCOPES = [
  'all-methods',
  'all-methods:read-only',
  'inventory-and-order-processing',
  'inventory-and-order-processing:read-only',
  'pricing',
  'pricing:read-only',
  'offers-and-cards-management',
  'offers-and-cards-management:read-only',
  'promotion',
  'promotion:read-only',
  'finance-and-accounting',
  'communication',
  'settings-management',
  'supplies-management:read-only',
] as const;

const PREFIX = 'ACMA';
const LENGTH = 'ACMA::'.length + 48;

/** What a method needs: an area, or nothing but a key. */
export interface Need {
  /** Any of them; any key at all when absent. */
  readonly areas?: readonly Area[];
  readonly writes?: boolean;
}

/** Whose key a request carries; throws 401 and 403. */
export function authorise(cabinet: CabinetOffice, headers: Readonly<Record<string, string | string[] | undefined>>, need: Need): 'A' | 'B' {
  const header = headers['api-key'];
  if (header === undefined) throw unauthorised(headers['authorization'] === undefined ? 'Credentials are not specified' : 'OAuth token is invalid');
  const value = String(header);
  if (value === '') throw unauthorised('Api-Key token is not specified');
  if (!value.startsWith(`${PREFIX}:`)) throw unauthorised('Api-Key token prefix invalid');
  if (value.length !== LENGTH) throw unauthorised('Api-Key token length invalid');
  if (!/^ACMA:\w{40}:\w{8}$/.test(value)) throw unauthorised('Api-Key token format invalid');
  const { keys } = cabinet.current;
  const letter = value === keys.A.value ? 'A' : value === keys.B.value ? 'B' : undefined;
  if (letter === undefined) throw unauthorised('Api-Key token is invalid');
  if (keys[letter].revoked) throw unauthorised('Api-Key token is revoked');
  if (!allows(keys[letter].scopes, need)) throw forbidden('Token does not have any of the scopes to access the API method');
  return letter;
}

function allows(scopes: readonly string[], { areas, writes = false }: Need): boolean {
  if (!areas) return scopes.length > 0;
  const named = ['all-methods', ...areas];
  return scopes.some((scope) => named.includes(scope) || (!writes && named.some((area) => scope === `${area}:read-only`)));
}
