import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OpenMarket, Sandbox } from '../sandbox.js';
import { ControlError } from './control-error.js';
import { serveMarketControl } from './serve-market.js';
import { clockShape, controlShapes } from './shapes.js';

interface ResetBody {
  seed?: string | number;
  scale?: number;
  cabinet?: object;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The control surface: the other side of the demo, for tests and harnesses; answers loopback callers only. Each market has its own
 * under `/<id>/_control`; the clock is everybody's and stands under `/_control`, where the first market answers too.
 */
export function serveControl(app: FastifyInstance, sandbox: Sandbox): void {
  const [first] = sandbox.markets;
  if (first) {
    door(app, '/_control', sandbox, (control) => {
      serveClock(control, sandbox);
      serveReset(control, sandbox, first);
      serveMarketControl(control, first);
    });
  }
  for (const open of sandbox.markets) {
    door(app, `/${open.market.id}/_control`, sandbox, (control) => {
      serveMarketReset(control, sandbox, open);
      serveMarketControl(control, open);
    });
  }
}

function door(app: FastifyInstance, prefix: string, sandbox: Sandbox, routes: (control: FastifyInstance) => void): void {
  void app.register(
    async (control) => {
      control.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
        if (!LOOPBACK.has(request.ip)) await reply.code(403).send({ error: 'loopback only' });
      });
      control.addHook('preHandler', async () => sandbox.advance());
      control.setErrorHandler((error: Error & { statusCode?: number; status?: number }, _request, reply) => {
        // A market's own problems carry `status`.
        void reply.code(error.statusCode ?? error.status ?? 500).send({ error: error.message });
      });
      routes(control);
    },
    { prefix },
  );
}

const clockView = ({ clock }: Sandbox): object => ({ now: clock.iso(), scale: clock.scale });

function serveClock(control: FastifyInstance, sandbox: Sandbox): void {
  control.get('/clock', () => clockView(sandbox));
  control.get('/markets', () => ({ markets: sandbox.markets.map(({ market }) => ({ id: market.id, shop: market.shop ?? null, not_suffered: market.control.notSuffered ?? {} })) }));
  control.post<{ Body: { scale?: number; jump_seconds?: number; set?: string } }>('/clock', { schema: { body: clockShape } }, async ({ body }) => {
    const set = body.set === undefined ? undefined : Date.parse(body.set);
    if (set !== undefined && Number.isNaN(set)) throw new ControlError(400, 'set is not a moment');
    await sandbox.setClock({ scale: body.scale, jumpMs: (body.jump_seconds ?? 0) * 1000, set });
    return clockView(sandbox);
  });
}

/** Every market and the clock anew. */
function serveReset(control: FastifyInstance, sandbox: Sandbox, { market, frame }: OpenMarket): void {
  control.post<{ Body: ResetBody }>('/reset', { schema: { body: controlShapes(market.control).reset } }, async ({ body }) => {
    await sandbox.reset(String(body.seed ?? frame.seed()), body.scale ?? sandbox.clock.scale);
    if (body.cabinet) market.control.setCabinet(body.cabinet);
    await frame.store.flush();
    return { ...clockView(sandbox), cabinet: market.control.cabinet() };
  });
}

/** One market anew; time goes on, because the others live by it. */
function serveMarketReset(control: FastifyInstance, sandbox: Sandbox, open: OpenMarket): void {
  const { market, frame } = open;
  control.post<{ Body: ResetBody }>('/reset', { schema: { body: controlShapes(market.control).resetMarket } }, async ({ body }) => {
    await open.reset(String(body.seed ?? frame.seed()));
    if (body.cabinet) market.control.setCabinet(body.cabinet);
    await frame.store.flush();
    return { ...clockView(sandbox), cabinet: market.control.cabinet() };
  });
}
