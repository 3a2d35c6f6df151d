import { HOSTS, type Endpoint } from './endpoint.js';
import type { Office } from './office.js';
import { gatewayProblem } from './problem.js';
import { readToken, type TokenType } from './token.js';

export interface Caller {
  key: 'A' | 'B';
  type: TokenType;
}

/** Whose token a request carries; throws what the gateway answers to one that may not do this. */
export function authorise(office: Office, endpoint: Endpoint, sandboxHost: boolean, header: string | undefined): Caller {
  const at = office.clock.iso();
  const unauthorised = (why: string): Error => gatewayProblem(401, why, at);
  const forbidden = (why: string): Error => gatewayProblem(403, why, at);
  const value = (header ?? '').replace(/^Bearer /i, '');
  if (value === '') throw unauthorised('empty Authorization header');
  const token = readToken(value);
  if (!token) throw unauthorised('token problem; token is malformed: token contains an invalid number of segments');
  const { keys } = office.cabinet.current;
  const key = value === keys.A.value ? 'A' : value === keys.B.value ? 'B' : undefined;
  if (key === undefined || keys[key].revoked) throw unauthorised('token problem; withdrawn token or unknown seller');
  if (token.expiresAt <= office.clock.now()) throw unauthorised('token problem; token is expired');
  if ((token.type === 'test') !== sandboxHost) throw unauthorised('token problem; token is for another environment');
  if (!token.has(HOSTS[endpoint.host].scope)) throw unauthorised('token problem; token scope not allowed for this API route');
  if (endpoint.writes && token.readOnly) throw forbidden('read-only token is not allowed for this path');
  if (endpoint.types && !endpoint.types.includes(token.type)) throw forbidden(`${token.type} token is not allowed`);
  return { key, type: token.type };
}
