import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { spoilAnswer } from '../faults/spoil-answer.js';
import { onTheWay, strikeAnswer } from '../faults/strike.js';
import type { Stats } from '../stats.js';
import { authorise } from './auth.js';
import { DEAD_METHODS } from './dead-methods.js';
import type { Market } from './market.js';
import type { Method } from './method.js';
import { cabinetMethods } from './methods/cabinet.js';
import { contentMethods } from './methods/content.js';
import { floorMethods } from './methods/floors.js';
import { offerMethods } from './methods/offers.js';
import { presenceMethods } from './methods/presence.js';
import { readingMethods } from './methods/reading.js';
import { Problem } from './problem.js';
import { strikeBefore } from './strike.js';
import type { TaskOffice } from './tasks.js';

const PREFIX = '/ozon';
const BODY_LIMIT = 20 * 1024 * 1024;

/** Every method that answers, in one list. */
export function allMethods(): Method[] {
  const methods: Method[] = [...readingMethods, ...contentMethods, ...offerMethods, ...presenceMethods, ...floorMethods];
  const paths = (): string[] => methods.map((m) => m.path);
  methods.push(...cabinetMethods(paths));
  return methods;
}

/** Puts the API under /ozon. */
export function serveOzon(app: FastifyInstance, market: Market, tasks: TaskOffice, stats: Stats): void {
  for (const method of allMethods()) {
    app.route({
      method: method.verb,
      url: PREFIX + method.path,
      bodyLimit: BODY_LIMIT,
      schema: method.body ? { body: method.body } : {},
      attachValidation: true,
      // Methods without parameters are called with an empty body as often as with {}.
      preValidation: async (request) => {
        request.body ??= {};
      },
      handler: (request, reply) => handle(method, market, tasks, stats, request, reply),
    });
  }
  for (const [path, since] of DEAD_METHODS) {
    app.all(PREFIX + path, async (request, reply) => {
      stats.came(path);
      await answerProblem(market, stats, reply, () => {
        authorise(market, request.headers);
        if (market.clock.now() >= Date.parse(`${since}T00:00:00Z`)) throw new Problem(410, 9, 'obsolete method cannot be used');
        throw new Problem(404, 5, 'method is not allowed');
      });
    });
  }
  app.all(`${PREFIX}/*`, async (request, reply) => {
    stats.came(request.url.slice(PREFIX.length));
    await answerProblem(market, stats, reply, () => {
      throw new Problem(404, 5, 'method is not allowed');
    });
  });
}

async function handle(method: Method, market: Market, tasks: TaskOffice, stats: Stats, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  stats.came(method.path);
  return answerProblem(market, stats, reply, async () => {
    market.schedule.advance();
    const key = authorise(market, request.headers);
    market.limits.request(method.path);
    const fault = market.faults.forRequest({ path: method.path, key, offerIds: offerIdsOf(request.body) });
    if (strikeBefore(market, fault, key, reply)) return;
    if (request.validationError) throw new Problem(400, 3, `Request validation error: ${request.validationError.message}`);
    const pageFault = fault?.kind === 'truncated_page' || fault?.kind === 'duplicate_page' ? fault.kind : undefined;
    const result = method.run({ market, tasks, key, pageFault }, (request.body ?? {}) as never);
    const bytes = spoilAnswer(fault, Buffer.isBuffer(result) ? result : Buffer.from(JSON.stringify(result)));
    await market.store.flush();
    if (fault?.kind === 'slow_answer') await onTheWay(market, fault.seconds);
    if (strikeAnswer(fault?.kind, bytes, reply)) return;
    stats.answered(200);
    void reply.type('application/json; charset=utf-8');
    if (market.cabinet.current.gzip && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      stats.compressed++;
      await reply.header('content-encoding', 'gzip').send(gzipSync(bytes, { level: 1 }));
    } else {
      await reply.send(bytes);
    }
  });
}

async function answerProblem(market: Market, stats: Stats, reply: FastifyReply, work: () => void | Promise<void>): Promise<FastifyReply> {
  try {
    await work();
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem(500, 13, 'Internal error');
    if (!(error instanceof Problem)) market.logger.error({ err: error }, 'method failed');
    stats.answered(problem.status);
    await reply.code(problem.status).headers(problem.headers).send(problem.body());
  }
  return reply;
}

interface MaybeItems {
  offer_id?: unknown;
  filter?: { offer_id?: unknown };
  [list: string]: unknown;
}

/** The articles a body names, wherever this API puts them. */
function offerIdsOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const named = body as MaybeItems;
  const found: string[] = [];
  const take = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (Array.isArray(value)) value.forEach(take);
  };
  take(named.offer_id);
  take(named.filter?.offer_id);
  for (const list of ['items', 'prices', 'stocks', 'products', 'update_offer_id']) {
    const items = named[list];
    if (Array.isArray(items)) for (const item of items) take((item as MaybeItems | null)?.offer_id);
  }
  return found;
}
