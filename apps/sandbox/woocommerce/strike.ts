import type { FastifyReply } from 'fastify';
import type { FaultRule } from '../faults/board.js';
import { strikeConnection } from '../faults/strike.js';
import { cannot } from './auth.js';
import type { KeyName } from './cabinet.js';
import type { FaultKind } from './faults.js';
import type { Office } from './office.js';
import { HostProblem, noRoute, Problem } from './problem.js';

const CRITICAL = 'There has been a critical error on this website.';

/** Faults that replace the work of a method. Answers true when the request is taken care of. */
export function strikeBefore(office: Office, fault: FaultRule<FaultKind> | undefined, key: KeyName, reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'http_500':
      void reply.code(500).type('text/html; charset=UTF-8').send(`<!DOCTYPE html>\n<html lang="ru-RU">\n<body id="error-page">\n<p>${CRITICAL}</p></body></html>`);
      return true;
    case 'php_fatal':
      throw new Problem(500, 'internal_server_error', `<p>${CRITICAL}</p>`, {
        error: { type: 1, message: 'Allowed memory size of 268435456 bytes exhausted', file: 'wp-includes/class-wpdb.php', line: 2431 },
      });
    case 'rate_429':
      throw office.host.tooMany(fault.seconds ?? 30);
    case 'forbidden_403':
      throw new HostProblem(403);
    case 'switched_off':
      throw noRoute();
    case 'revoke_key':
      office.cabinet.revoke(key, true);
      throw cannot('list');
    default:
      return strikeConnection(office, fault, reply);
  }
}
