import type { FastifyInstance } from 'fastify';
import type { FaultRule } from '../faults/board.js';
import type { ScrambleOrder } from '../gremlins/scramble.js';
import type { OpenMarket } from '../sandbox.js';
import { ControlError } from './control-error.js';
import { controlShapes } from './shapes.js';

type Seed = string | number;

/** What every market's control surface can do, resetting left out. */
export function serveMarketControl(app: FastifyInstance, { market, frame }: OpenMarket): void {
  const { control } = market;
  const shapes = controlShapes(control);
  const now = (): object => ({ now: frame.clock.iso(), scale: frame.clock.scale });

  app.post<{ Body: { seed?: Seed; cards?: number; cabinet?: object } }>('/seed', { schema: { body: shapes.seed } }, async ({ body }) => {
    if (body.cabinet) control.setCabinet(body.cabinet);
    if (body.cards) control.addCards(body.cards, String(body.seed ?? frame.seed()));
    await frame.store.flush();
    const { cards, archived } = control.counts();
    return { cards: cards + archived, cabinet: control.cabinet() };
  });

  app.get('/faults', () => ({ rules: control.faults.rules() }));
  app.post<{ Body: { rules: FaultRule[] } }>('/faults', { schema: { body: shapes.faults } }, ({ body }) => {
    if (body.rules.length === 0) control.forgive();
    control.faults.set(body.rules, frame.seed());
    return { rules: control.faults.rules() };
  });

  app.post<{ Body: ScrambleOrder }>('/gremlins', { schema: { body: shapes.gremlins } }, async ({ body }) => {
    const done = control.scramble(body);
    await frame.store.flush();
    return done;
  });
  app.get('/injected', () => ({ injected: control.injected() }));

  app.get<{ Querystring: { cursor?: string; limit?: string } }>('/cards', ({ query }) => control.page(query.cursor ?? '', bounded(query.limit, 1000, 5000)));
  app.get<{ Params: { offerId: string } }>('/cards/:offerId', ({ params }) => truth(params.offerId));
  for (const [name, act] of Object.entries(control.actions)) {
    app.post<{ Params: { offerId: string } }>(`/cards/:offerId/${name}`, async ({ params }) => {
      if (!act(params.offerId)) throw new ControlError(404, 'no such card');
      await frame.store.flush();
      return truth(params.offerId);
    });
  }

  app.get<{ Querystring: { after?: string; limit?: string } }>('/ledger', ({ query }) => {
    const entries = control.ledger.page(bounded(query.after, 0, Number.MAX_SAFE_INTEGER), bounded(query.limit, 1000, 10_000));
    return { entries, last_seq: control.ledger.length };
  });
  app.get('/connection', () => control.connection());
  app.get('/stats', () => ({ ...control.stats.view(), ...control.figures(), scheduled: frame.schedule.waiting }));
  app.get('/health', () => {
    const { cards, archived } = control.counts();
    return { status: 'ok', ...now(), seed: frame.seed(), cards: cards + archived, archived, cabinet: control.cabinet() };
  });

  function truth(offerId: string): object {
    const card = control.card(offerId);
    if (!card) throw new ControlError(404, 'no such card');
    return card;
  }
}

function bounded(text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new ControlError(400, 'not a whole number');
  return Math.min(n, most);
}
