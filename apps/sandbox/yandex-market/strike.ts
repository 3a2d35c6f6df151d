import type { FastifyReply } from 'fastify';
import type { FaultRule } from '../faults/board.js';
import { strikeConnection } from '../faults/strike.js';
import type { Endpoint } from './endpoint.js';
import type { FaultKind } from './faults.js';
import type { Entity } from './limits.js';
import type { Office } from './office.js';
import { internal, locked, notFound, unauthorised } from './problem.js';

/** Faults that replace the work of a method. Answers true when the request is taken care of. */
export function strikeBefore(office: Office, fault: FaultRule<FaultKind> | undefined, endpoint: Endpoint, entity: Entity, key: 'A' | 'B', reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'http_500':
      throw internal();
    case 'rate_420':
      throw office.limits.tooMany(endpoint.limit, entity);
    case 'parallel_420':
      throw office.parallel.tooMany(entity, endpoint.parallel);
    case 'migration':
      throw locked('Business is in migration');
    case 'switched_off':
      throw notFound('Resource not found');
    case 'revoke_key':
      office.cabinet.revoke(key, true);
      throw unauthorised('Api-Key token is revoked');
    default:
      return strikeConnection(office, fault, reply);
  }
}
