import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { spoilAnswer } from '../faults/spoil-answer.js';
import { onTheWay, strikeAnswer } from '../faults/strike.js';
import type { Stats } from '../stats.js';
import { authorise } from './auth.js';
import { HOSTS, type Answer, type Call, type Endpoint } from './endpoint.js';
import { ENDPOINTS } from './endpoints/index.js';
import type { Spender } from './limits.js';
import { articlesIn } from './named-cards.js';
import type { Office } from './office.js';
import { gatewayProblem, malformed, pathNotFound, Problem, undecodable } from './problem.js';
import { strikeBefore } from './strike.js';

const PREFIX = '/wildberries';
const BODY_LIMIT = 10 * 1024 * 1024;

/** Puts every host under /wildberries, one folder each; hosts for Test tokens end in "-sandbox". */
export function serveWildberries(app: FastifyInstance, office: Office, stats: Stats): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: 32 * 1024 * 1024 }, (_request, body, done) => done(null, body));
    for (const endpoint of ENDPOINTS) {
      for (const sandboxHost of HOSTS[endpoint.host].sandbox ? [false, true] : [false]) route(scope, office, stats, endpoint, sandboxHost);
    }
    scope.all(`${PREFIX}/*`, async (request, reply) => {
      stats.came(request.url.slice(PREFIX.length).replace(/\?.*$/, ''));
      return refuse(office, stats, reply, pathNotFound(office.clock.iso()), {});
    });
  });
}

function route(scope: FastifyInstance, office: Office, stats: Stats, endpoint: Endpoint, sandboxHost: boolean): void {
  const host = sandboxHost ? `${endpoint.host}-sandbox` : endpoint.host;
  scope.route({
    method: endpoint.verb,
    url: `${PREFIX}/${host}${endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit: endpoint.path.endsWith('/media/file') ? undefined : BODY_LIMIT,
    schema: endpoint.body ? { body: endpoint.body } : {},
    attachValidation: true,
    handler: (request, reply) => handle(office, stats, endpoint, sandboxHost, request, reply),
    // Bodies that could not even be read.
    errorHandler: (error: FastifyError, _request, reply) => {
      const tooLarge = error.statusCode === 413;
      if ((error.statusCode ?? 500) >= 500) office.logger.error({ err: error }, 'request failed');
      refuse(office, stats, reply, tooLarge ? gatewayProblem(413, 'request body too long', office.clock.iso()) : undecodable(HOSTS[endpoint.host].family), {});
    },
  });
}

async function handle(office: Office, stats: Stats, endpoint: Endpoint, sandboxHost: boolean, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  stats.came(endpoint.path);
  office.schedule.advance();
  let spender: Spender | undefined;
  try {
    const { key, type } = authorise(office, endpoint, sandboxHost, request.headers.authorization);
    spender = { bucket: endpoint.bucket, type, host: endpoint.host };
    office.limits.request(spender);
    const fault = office.faults.forRequest({ path: endpoint.path, key, offerIds: articlesIn(office.cards, request.body, request.query) });
    if (strikeBefore(office, fault, spender, key, reply)) return reply;
    if (request.validationError) throw malformed(HOSTS[endpoint.host].family);
    const pageFault = fault?.kind === 'truncated_page' || fault?.kind === 'duplicate_page' ? fault.kind : undefined;
    const call: Call = { office, key, method: endpoint.path, params: strings(request.params), query: strings(request.query), headers: request.headers, pageFault };
    const answer = fault?.kind === 'ignore_body' && endpoint.writes ? empty(endpoint) : await endpoint.run(call, request.body as never);
    const bytes = answer.body === undefined ? Buffer.alloc(0) : spoilAnswer(fault, Buffer.from(JSON.stringify(answer.body)));
    await office.store.flush();
    if (fault?.kind === 'slow_answer') await onTheWay(office, fault.seconds);
    if (strikeAnswer(fault?.kind, bytes, reply)) return reply;
    stats.answered(answer.status);
    void reply.code(answer.status).headers(office.limits.headers(spender));
    return answer.body === undefined ? reply.send() : reply.type('application/json; charset=utf-8').send(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) office.logger.error({ err: error }, 'method failed');
    const problem = error instanceof Problem ? error : new Problem(500, { title: 'internal error', detail: '', status: 500, statusText: 'Internal Server Error' });
    const known = spender !== undefined && problem.status !== 429;
    if (known && problem.status < 500) office.limits.failed(spender as Spender);
    return refuse(office, stats, reply, problem, known ? office.limits.headers(spender as Spender) : {});
  }
}

function refuse(office: Office, stats: Stats, reply: FastifyReply, problem: Problem, headers: Record<string, string>): FastifyReply {
  stats.answered(problem.status);
  office.logger.debug({ status: problem.status }, problem.message);
  const plain = typeof problem.body === 'string';
  return reply
    .code(problem.status)
    .headers({ ...headers, ...problem.headers })
    .type(plain ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8')
    .send(plain ? problem.body : JSON.stringify(problem.body));
}

/** What a method answers that pretends to have worked. */
function empty({ host, verb }: Endpoint): Answer {
  return host === 'marketplace-api' && verb !== 'GET' ? { status: 204 } : { status: 200, body: { data: null, error: false, errorText: '', additionalErrors: null } };
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries((value ?? {}) as Record<string, unknown>).map(([name, one]) => [name, String(Array.isArray(one) ? one[0] : one)]));
}
