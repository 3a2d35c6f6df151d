import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { spoilAnswer } from '../faults/spoil-answer.js';
import { onTheWay, strikeAnswer } from '../faults/strike.js';
import type { Stats } from '../stats.js';
import { authorise } from './auth.js';
import { itemsIn } from './batch.js';
import { READING, nameOf, type Answer, type Body, type Call, type Endpoint } from './endpoint.js';
import { ENDPOINTS } from './endpoints/index.js';
import { indexOf } from './endpoints/settings.js';
import { keysIn } from './named-products.js';
import { Nonces } from './oauth.js';
import { API, SITE, type Office } from './office.js';
import { phpJson } from './php-json.js';
import { HostProblem, invalidJson, noRoute, Problem } from './problem.js';
import { strikeBefore } from './strike.js';

/** What a site with warnings switched on writes before everything else. */
const JUNK = '\ufeff<br />\n<b>Warning</b>:  Undefined array key "seo" in <b>/var/www/html/wp-content/plugins/seo/seo.php</b> on line <b>42</b><br />\n';

/** Puts the shop's API under /woocommerce/wp-json. */
export function serveWooCommerce(app: FastifyInstance, office: Office, stats: Stats): void {
  const server = new Server(office, stats);
  void app.register(async (scope) => {
    for (const endpoint of ENDPOINTS) {
      scope.route({
        method: [...endpoint.verbs],
        url: `${SITE}${API}${endpoint.path.replace(/\{(\w+)\}/g, (_all, name: string) => (name.endsWith('_name') ? `:${name}` : `:${name}(^\\d+$)`))}`,
        handler: (request, reply) => server.handle(endpoint, request, reply),
        errorHandler: (error: FastifyError, _request, reply) => server.unreadable(error, reply),
      });
    }
    scope.get(`${SITE}/wp-json`, (_request, reply) => server.send(reply, { status: 200, body: indexOf(office, ENDPOINTS, true) }));
    scope.get(`${SITE}/wp-json/`, (_request, reply) => server.send(reply, { status: 200, body: indexOf(office, ENDPOINTS, true) }));
    scope.get(`${SITE}${API}`, (_request, reply) => server.send(reply, { status: 200, body: indexOf(office, ENDPOINTS, false) }));
    scope.get(`${SITE}${API}/`, (_request, reply) => server.send(reply, { status: 200, body: indexOf(office, ENDPOINTS, false) }));
    scope.all(`${SITE}/wp-json/*`, (request, reply) => {
      stats.came(`${request.method} ${request.url.slice(`${SITE}/wp-json`.length).replace(/\?.*$/, '')}`);
      return server.refuse(reply, noRoute());
    });
  });
}

class Server {
  private readonly nonces = new Nonces();

  constructor(
    private readonly office: Office,
    private readonly stats: Stats,
  ) {}

  async handle(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { office } = this;
    this.stats.came(nameOf(endpoint));
    office.schedule.advance();
    let inside = false;
    try {
      await office.host.enter();
      inside = true;
      return await this.answer(endpoint, request, reply);
    } catch (error) {
      return this.refuse(reply, error);
    } finally {
      if (inside) office.host.leave();
    }
  }

  private async answer(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { office } = this;
    if ((endpoint.since ?? 0) > office.cabinet.current.release) throw noRoute();
    const key = authorise(office, this.nonces, { verb: request.method, target: request.url, authorization: request.headers.authorization, act: endpoint.act });
    const call = this.callOf(endpoint, request, key);
    const fault = office.faults.forRequest({ path: call.name, key, offerIds: keysIn(office.products, call) });
    if (strikeBefore(office, fault, key, reply)) return reply;
    const writes = endpoint.verbs !== READING;
    const spoiledPage = fault?.kind === 'truncated_page' || fault?.kind === 'duplicate_page' ? fault.kind : undefined;
    const answer = fault?.kind === 'ignore_body' && writes ? echoed(call) : await endpoint.run({ ...call, pageFault: spoiledPage });
    const shown = { ...answer, body: onlyFields(answer.body, call.query['_fields']) };
    const bytes = phpJson(spoilAnswer(fault, Buffer.from(JSON.stringify(shown.body))).toString('utf8'));
    await office.store.flush();
    await office.host.work(writes ? itemsIn(call.body) : 0);
    if (fault?.kind === 'slow_answer') await onTheWay(office, fault.seconds);
    if (strikeAnswer(fault?.kind, bytes, reply)) return reply;
    if (fault?.kind !== 'junk_before') return this.write(reply, answer.status, answer.headers, bytes);
    return this.write(reply, answer.status, answer.headers, Buffer.concat([Buffer.from(JUNK), bytes]));
  }

  send(reply: FastifyReply, answer: Answer): FastifyReply {
    return this.write(reply, answer.status, answer.headers, phpJson(JSON.stringify(answer.body)));
  }

  refuse(reply: FastifyReply, error: unknown): FastifyReply {
    if (error instanceof HostProblem) {
      this.stats.answered(error.status);
      return reply.code(error.status).headers(error.headers).type('text/html; charset=UTF-8').send(error.page());
    }
    if (!(error instanceof Problem)) this.office.logger.error({ err: error }, 'method failed');
    const problem = error instanceof Problem ? error : new Problem(500, 'internal_server_error', 'There has been a critical error on this website.');
    return this.send(reply, { status: problem.status, body: problem.body() });
  }

  unreadable(error: FastifyError, reply: FastifyReply): void {
    this.refuse(reply, error.statusCode === 413 ? new HostProblem(503) : error.statusCode === 400 ? invalidJson() : error);
  }

  private callOf(endpoint: Endpoint, request: FastifyRequest, key: Call['key']): Call {
    const params = request.params as Record<string, string>;
    return {
      office: this.office,
      key,
      name: nameOf(endpoint),
      path: (request.url.split('?')[0] ?? '').slice(SITE.length + API.length),
      ids: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Number(value)])),
      params,
      query: queryOf(request.query),
      body: typeof request.body === 'object' && request.body !== null ? (request.body as Body) : {},
      pageFault: undefined,
    };
  }

  private write(reply: FastifyReply, status: number, headers: Answer['headers'], bytes: Buffer): FastifyReply {
    this.stats.answered(status);
    return reply
      .code(status)
      .headers({ ...headers })
      .type('application/json; charset=UTF-8')
      .send(bytes);
  }
}

/** Lists by brackets become one text with commas, as they may be sent at once. */
function queryOf(query: unknown): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, string | string[]>)) {
    const plain = name.replace(/\[\d*\]$/, '');
    const text = Array.isArray(value) ? value.join(',') : value;
    merged[plain] = name !== plain && merged[plain] !== undefined ? `${merged[plain]},${text}` : text;
  }
  return merged;
}

/** Only the members a query names; of "a.b" the whole of a. */
function onlyFields(body: unknown, fields: string | undefined): unknown {
  if (fields === undefined || fields === '') return body;
  const wanted = new Set(fields.split(',').map((name) => name.trim().split('.')[0]));
  const cut = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name))) : value);
  return Array.isArray(body) ? body.map(cut) : cut(body);
}

/** What a write answers that pretends to have been done. */
function echoed({ body, name, ids }: Call): Answer {
  if (!name.endsWith('/batch')) return { status: 200, body: { ...ids, ...body } };
  const lists = Object.entries(body).filter(([, list]) => Array.isArray(list)) as [string, unknown[]][];
  return { status: 200, body: Object.fromEntries(lists.map(([list, items]) => [list, items.map((item) => (typeof item === 'number' ? { id: item } : item))])) };
}
