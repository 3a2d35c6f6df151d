import type { FastifyReply } from 'fastify';
import { strikeConnection } from '../faults/strike.js';
import { conflict } from './endpoints/stocks.js';
import type { FaultRule } from '../faults/board.js';
import type { FaultKind } from './faults.js';
import type { Spender } from './limits.js';
import type { Office } from './office.js';
import { gatewayProblem, marketplaceProblem, pathNotFound, Problem } from './problem.js';

/** Faults that replace the work of a method. Answers true when the request is taken care of. */
export function strikeBefore(office: Office, fault: FaultRule<FaultKind> | undefined, spender: Spender, key: 'A' | 'B', reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'http_500':
      throw new Problem(500, { title: 'internal error', detail: '', status: 500, statusText: 'Internal Server Error', timestamp: office.clock.iso() });
    case 'rate_429':
      throw office.limits.tooMany(spender);
    case 'switched_off':
      throw pathNotFound(office.clock.iso());
    case 'revoke_key':
      office.cabinet.revoke(key, true);
      throw gatewayProblem(401, 'token problem; withdrawn token', office.clock.iso());
    case 'warehouse_busy':
      throw conflict('StoreIsProcessing', 'The store is processing', []);
    case 'warehouse_works':
      throw marketplaceProblem(406, 'WarehouseStocksUpdateBlock', 'The warehouse is processing');
    default:
      return strikeConnection(office, fault, reply);
  }
}
