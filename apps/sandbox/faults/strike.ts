import type { FastifyReply } from 'fastify';
import type { ChannelClock } from '../clock.js';
import type { Schedule } from '../schedule.js';
import type { FaultRule } from './board.js';

interface Time {
  readonly clock: ChannelClock;
  readonly schedule: Schedule;
}

/** Faults below the channel's own words: the server hangs, is down, or a guard answers in its place. True when the request is taken care of. */
export function strikeConnection(time: Time, fault: FaultRule | undefined, reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'http_503':
      void reply.code(503).type('text/html').send('<html><body><h1>503 Service Unavailable</h1></body></html>');
      return true;
    case 'html_200':
      void reply.code(200).type('text/html').send('<html><body>Проверяем, что вы не робот</body></html>');
      return true;
    case 'hang':
      reply.hijack();
      if (fault.seconds !== undefined) time.schedule.at(time.clock.now() + fault.seconds * 1000, () => reply.raw.destroy());
      return true;
    default:
      return false;
  }
}

/** Faults that lose or cut the answer of work that was done. True when the answer is on its way, or never will be. */
export function strikeAnswer(kind: string | undefined, answer: Buffer, reply: FastifyReply): boolean {
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
export function onTheWay(time: Time, seconds = 30): Promise<void> {
  return new Promise((resolve) => time.schedule.at(time.clock.now() + seconds * 1000, resolve));
}
