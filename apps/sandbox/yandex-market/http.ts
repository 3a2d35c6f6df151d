import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { spoilAnswer } from '../faults/spoil-answer.js';
import { onTheWay, strikeAnswer } from '../faults/strike.js';
import { seeded } from '../random.js';
import type { Stats } from '../stats.js';
import { authorise } from './auth.js';
import type { Call, Endpoint } from './endpoint.js';
import { ENDPOINTS } from './endpoints/index.js';
import { entityOf } from './entity.js';
import type { Entity } from './limits.js';
import { malformed, type Complaint } from './malformed.js';
import { articlesIn } from './named-offers.js';
import type { Office } from './office.js';
import { badRequest, forbidden, internal, locked, notFound, Problem } from './problem.js';
import { strikeBefore } from './strike.js';

const PREFIX = '/yandex-market';
const BODY_LIMIT = 512 * 1024;
/** How often a method fails that is about to be switched off. */
const DEPRECATED_FAILS = 0.3;
const OLD = 'The method is deprecated and is occasionally forbidden. Use the replacement named in the documentation';

/** Puts every method under /yandex-market. */
export function serveYandexMarket(app: FastifyInstance, office: Office, stats: Stats): void {
  const draw = seeded(office.seed(), 'deprecated');
  void app.register(async (scope) => {
    for (const endpoint of ENDPOINTS) {
      scope.route({
        method: endpoint.verb,
        url: PREFIX + endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
        bodyLimit: BODY_LIMIT,
        schema: endpoint.body ? { body: endpoint.body } : {},
        attachValidation: true,
        handler: (request, reply) => handle(office, stats, endpoint, () => draw.next(), request, reply),
        errorHandler: (error: FastifyError, _request, reply) => void refuse(stats, reply, unreadable(error)),
      });
    }
    scope.all(`${PREFIX}/*`, async (request, reply) => {
      const path = request.url.slice(PREFIX.length).replace(/\?.*$/, '');
      stats.came(path);
      const known = ENDPOINTS.some((one) => new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
      return refuse(stats, reply, known ? new Problem(405, 'METHOD_NOT_ALLOWED', `Request method '${request.method}' is not supported`) : notFound('Resource not found'));
    });
  });
}

async function handle(office: Office, stats: Stats, endpoint: Endpoint, draw: () => number, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  stats.came(endpoint.path);
  office.schedule.advance();
  let entity: Entity | undefined;
  let leave: (() => void) | undefined;
  try {
    const key = authorise(office.cabinet, request.headers, endpoint.need);
    const params = strings(request.params);
    const whom = entityOf(office.cabinet, params);
    entity = whom.entity;
    leave = office.parallel.enter(entity, endpoint.parallel === undefined ? undefined : { name: endpoint.limit.name, most: endpoint.parallel });
    checkAge(office, endpoint, draw);
    const { units } = endpoint;
    if (typeof units !== 'function') office.limits.take(endpoint.limit, entity, units === 'returned' ? 0 : 1);
    const fault = office.faults.forRequest({ path: endpoint.path, key, offerIds: articlesIn(request.body, request.query) });
    if (strikeBefore(office, fault, endpoint, entity, key, reply)) return reply;
    if (endpoint.need.writes && office.cabinet.current.migrating) throw locked('Business is in migration');
    const body = checkedBody(endpoint, request);
    if (typeof units === 'function') office.limits.take(endpoint.limit, entity, units(body as never));
    const pageFault = fault?.kind === 'truncated_page' || fault?.kind === 'duplicate_page' ? fault.kind : undefined;
    const call: Call = { office, key, method: endpoint.path, campaign: whom.campaign, params, query: strings(request.query), pageFault };
    const isIgnored = fault?.kind === 'ignore_body' && endpoint.need.writes === true;
    const outcome = isIgnored ? { body: { status: 'OK' } } : await endpoint.run(call, body as never);
    if (outcome.items !== undefined && units === 'returned') office.limits.charge(endpoint.limit, entity, outcome.items);
    const bytes = spoilAnswer(fault, Buffer.from(JSON.stringify(outcome.body)));
    await office.store.flush();
    if (fault?.kind === 'slow_answer') await onTheWay(office, fault.seconds);
    if (strikeAnswer(fault?.kind, bytes, reply)) return reply;
    stats.answered(200);
    return reply.code(200).headers(office.limits.headers(endpoint.limit, entity)).type('application/json; charset=utf-8').send(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) office.logger.error({ err: error }, 'method failed');
    const problem = error instanceof Problem ? error : internal();
    return refuse(stats, reply, problem, entity ? office.limits.headers(endpoint.limit, entity) : {});
  } finally {
    leave?.();
  }
}

function checkAge({ clock }: Office, { deprecated }: Endpoint, draw: () => number): void {
  if (!deprecated) return;
  if (clock.now() >= Date.parse(deprecated.goneFrom)) throw notFound('Resource not found');
  if (clock.now() >= Date.parse(deprecated.failsFrom) && draw() < DEPRECATED_FAILS) throw forbidden(OLD);
}

/** The body as its method takes it; undefined where there is none and none is needed. */
function checkedBody({ body: shape, bodyNeeded = false }: Endpoint, { body, validationError }: FastifyRequest): unknown {
  const isAbsent = body === undefined || body === null;
  if (isAbsent && bodyNeeded) throw badRequest('Unexpected end of content');
  if (isAbsent || !shape) return undefined;
  if (validationError) throw malformed(body, shape, (validationError as { validation?: Complaint[] }).validation?.[0]);
  return body;
}

/** Bodies that could not even be read. */
function unreadable({ statusCode, message }: FastifyError): Problem {
  if (statusCode === 413) return badRequest(`The request is too big: more than ${BODY_LIMIT} bytes`);
  if (statusCode === 415) return new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content type is not supported');
  return statusCode === 400 ? badRequest(`JSON: ${message}`) : internal();
}

function refuse(stats: Stats, reply: FastifyReply, problem: Problem, headers: Record<string, string> = {}): FastifyReply {
  stats.answered(problem.status);
  return reply
    .code(problem.status)
    .headers({ ...headers, ...problem.headers })
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(problem.body));
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries((value ?? {}) as Record<string, unknown>).map(([name, one]) => [name, [one].flat().join(',')]));
}
