import type { FastifyReply } from 'fastify';
import { strikeConnection } from '../faults/strike.js';
import type { FaultKind, FaultRule } from './faults.js';
import type { Market } from './market.js';
import { Problem } from './problem.js';

/** Faults that replace the work of a method. Answers true when the request is taken care of. */
export function strikeBefore(market: Market, fault: FaultRule<FaultKind> | undefined, key: 'A' | 'B', reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'http_500':
      throw new Problem(500, 13, 'Internal error');
    case 'rate_429':
      throw market.limits.rateProblem();
    case 'items_429':
      throw market.limits.itemsProblem(120, 2, 10);
    case 'circle_open':
      return market.limits.circle();
    case 'switched_off':
      throw new Problem(410, 9, 'obsolete method cannot be used');
    case 'revoke_key':
      market.cabinet.revoke(key);
      throw new Problem(403, 7, 'Api-key is deactivated, use another one or generate a new one');
    default:
      return strikeConnection(market, fault, reply);
  }
}
