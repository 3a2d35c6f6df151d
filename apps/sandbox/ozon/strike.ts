import type { FastifyReply } from 'fastify';
import type { FaultKind, FaultRule } from './faults.js';
import type { Market } from './market.js';
import { Problem } from './problem.js';

/** Faults that replace the work of a method. Answers true when the request is taken care of. */
export function strikeBefore(market: Market, fault: FaultRule | undefined, key: 'A' | 'B', reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'http_500':
      throw new Problem(500, 13, 'Internal error');
    case 'http_503':
      void reply.code(503).type('text/html').send('<html><body><h1>503 Service Unavailable</h1></body></html>');
      return true;
    case 'html_200':
      void reply.code(200).type('text/html').send('<html><body>Проверяем, что вы не робот</body></html>');
      return true;
    case 'rate_429':
      throw market.limits.rateProblem();
    case 'items_429':
      throw market.limits.itemsProblem(120, 2, 10);
    case 'circle_open':
      return market.limits.circle();
    case 'revoke_key':
      market.cabinet.revoke(key);
      throw new Problem(403, 7, 'Api-key is deactivated, use another one or generate a new one');
    case 'hang':
      hang(market, fault.seconds, reply);
      return true;
    default:
      return false;
  }
}

/** Faults that spoil the answer of work that was done. Answers true when the answer is on its way, or never will be. */
export function strikeAfter(kind: FaultKind | undefined, answer: Buffer, reply: FastifyReply): boolean {
  if (kind === 'lost_answer') {
    reply.hijack();
    reply.raw.destroy();
    return true;
  }
  if (kind === 'bad_json') {
    void reply
      .code(200)
      .type('application/json')
      .send(answer.subarray(0, answer.length >> 1));
    return true;
  }
  return false;
}

/** Holds an answer back that says what was true when it was asked for. */
export function onTheWay(market: Market, seconds = 30): Promise<void> {
  return new Promise((resolve) => market.schedule.at(market.clock.now() + seconds * 1000, resolve));
}

function hang(market: Market, seconds: number | undefined, reply: FastifyReply): void {
  reply.hijack();
  if (seconds !== undefined) market.schedule.at(market.clock.now() + seconds * 1000, () => reply.raw.destroy());
}
