import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CabinetChange } from '../ozon/cabinet.js';
import type { FaultRule } from '../ozon/faults.js';
import { writeCursor, readCursor } from '../ozon/pages.js';
import { Problem } from '../ozon/problem.js';
import type { Sandbox } from '../sandbox.js';
import { cardSummary, cardTruth } from './cards.js';
import { scramble, type ScrambleOrder } from '../gremlins/scramble.js';
import { clockShape, faultsShape, gremlinsShape, resetShape, seedShape } from './shapes.js';
import { addSyntheticCards } from './synthetic.js';

type Seed = string | number;

interface ResetBody {
  seed?: Seed;
  scale?: number;
  cabinet?: CabinetChange;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The control surface: the other side of the demo, for tests and harnesses; answers loopback callers only. */
export function serveControl(app: FastifyInstance, sandbox: Sandbox): void {
  const { market } = sandbox;
  void app.register(
    async (control) => {
      control.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
        if (!LOOPBACK.has(request.ip)) await reply.code(403).send({ error: 'loopback only' });
      });
      control.addHook('preHandler', async () => market.schedule.advance());
      control.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
        const status = error instanceof Problem ? error.status : (error.statusCode ?? 500);
        void reply.code(status).send({ error: error.message });
      });
      const clockView = (): object => ({ now: market.clock.iso(), scale: market.clock.scale });

      control.post<{ Body: ResetBody }>('/reset', { schema: { body: resetShape } }, async ({ body }) => {
        await sandbox.reset(String(body.seed ?? market.seed()), body.scale ?? market.clock.scale);
        if (body.cabinet) market.cabinet.change(body.cabinet, market.clock.now());
        await market.store.flush();
        return { ...clockView(), cabinet: cabinetView(sandbox) };
      });

      control.post<{ Body: { seed?: Seed; cards?: number; cabinet?: CabinetChange } }>('/seed', { schema: { body: seedShape } }, async ({ body }) => {
        if (body.cabinet) market.cabinet.change(body.cabinet, market.clock.now());
        if (body.cards) addSyntheticCards(market, body.cards, String(body.seed ?? market.seed()));
        await market.store.flush();
        return { cards: market.cards.listed + market.cards.archived, cabinet: cabinetView(sandbox) };
      });

      control.get('/clock', clockView);
      control.post<{ Body: { scale?: number; jump_seconds?: number; set?: string } }>('/clock', { schema: { body: clockShape } }, async ({ body }) => {
        const set = body.set === undefined ? undefined : Date.parse(body.set);
        if (set !== undefined && Number.isNaN(set)) throw new Problem(400, 3, 'set is not a moment');
        market.clock.change({ scale: body.scale, jumpMs: (body.jump_seconds ?? 0) * 1000, set });
        sandbox.keepClock();
        await market.store.flush();
        return clockView();
      });

      control.get('/faults', () => ({ rules: market.faults.rules() }));
      control.post<{ Body: { rules: FaultRule[] } }>('/faults', { schema: { body: faultsShape } }, ({ body }) => {
        if (body.rules.length === 0) for (const key of ['A', 'B'] as const) market.cabinet.restore(key);
        market.faults.set(body.rules, market.seed());
        return { rules: market.faults.rules() };
      });

      control.post<{ Body: ScrambleOrder }>('/gremlins', { schema: { body: gremlinsShape } }, async ({ body }) => {
        const done = scramble(sandbox, body);
        await market.store.flush();
        return done;
      });
      control.get('/injected', () => ({ injected: sandbox.injections.views() }));

      control.get<{ Querystring: { cursor?: string; limit?: string } }>('/cards', ({ query }) => {
        const limit = bounded(query.limit, 1000, 5000);
        const cards: object[] = [];
        let last = readCursor(query.cursor ?? '');
        for (let i = market.cards.positionAfter(last); i < market.cards.positions && cards.length < limit; i++) {
          const card = market.cards.at(i);
          if (!card || card.removed) continue;
          cards.push(cardSummary(sandbox, card));
          last = card.productId;
        }
        return { cards, cursor: cards.length === limit ? writeCursor(last) : '' };
      });
      control.get<{ Params: { offerId: string } }>('/cards/:offerId', ({ params }) => {
        const card = market.cards.evenRemoved(params.offerId);
        if (!card) throw new Problem(404, 5, 'no such card');
        return cardTruth(sandbox, card);
      });
      control.post<{ Params: { offerId: string } }>('/cards/:offerId/release', async ({ params }) => {
        const card = market.cards.byOfferId(params.offerId);
        if (!card) throw new Problem(404, 5, 'no such card');
        card.quarantined = false;
        card.price.base = card.price.price;
        market.cards.save(card);
        await market.store.flush();
        return cardTruth(sandbox, card);
      });

      control.get<{ Querystring: { after?: string; limit?: string } }>('/ledger', ({ query }) => {
        const entries = market.ledger.page(bounded(query.after, 0, Number.MAX_SAFE_INTEGER), bounded(query.limit, 1000, 10_000));
        return { entries, last_seq: market.ledger.length };
      });
      control.get('/stats', () => ({
        ...sandbox.stats.view(),
        refused: market.limits.refused,
        open_tasks: sandbox.tasks.open,
        scheduled: market.schedule.waiting,
      }));
      control.get('/health', () => ({
        status: 'ok',
        ...clockView(),
        seed: market.seed(),
        cards: market.cards.listed + market.cards.archived,
        archived: market.cards.archived,
        cabinet: cabinetView(sandbox),
      }));
    },
    { prefix: '/_control' },
  );
}

function cabinetView({ market }: Sandbox): object {
  const { keys, ...rest } = market.cabinet.current;
  const key = (name: 'A' | 'B'): object => ({
    value: keys[name].value,
    expires_at: new Date(keys[name].expiresAt).toISOString(),
    revoked: keys[name].revoked,
  });
  return { ...rest, keys: { A: key('A'), B: key('B') } };
}

function bounded(text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new Problem(400, 3, 'not a whole number');
  return Math.min(n, most);
}
