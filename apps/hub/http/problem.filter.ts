import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { nanoid } from 'nanoid';
import { errorCode } from '#platform';
import { LOGGER } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { knownProblem } from './known-problem.js';
import { Problem } from './problem.js';
import { problemBody } from './problem-texts.js';

const DATABASE_AWAY = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET']);

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined;
}

const TITLES: Readonly<Record<number, readonly [string, string]>> = {
  400: ['malformed', 'The request cannot be read'],
  404: ['not-found', 'There is nothing at this address'],
  405: ['method-not-allowed', 'This address does not take that method'],
  413: ['too-large', 'The body is too large'],
  415: ['unsupported-type', 'This type of body is not taken here'],
  429: ['too-many', 'Too many requests'],
};

function plainProblem(status: number, detail?: string): Problem {
  const [code, title] = TITLES[status] ?? ['refused', 'The request was refused'];
  return new Problem(status, code, title, { detail, ...(status === 404 ? { params: { thing: 'address' } } : {}) });
}

/** Turns every error into application/problem+json; what is not meant for a caller is logged under a reference and hidden. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    if (reply.sent || reply.raw.headersSent) return;
    const language = languageOf(request.headers['accept-language']);
    void reply
      .status(problem.status)
      .headers({
        ...problem.parts.headers,
        'content-type': 'application/problem+json; charset=utf-8',
        'content-language': language,
        vary: 'accept-language',
        'cache-control': 'no-store',
      })
      .send(JSON.stringify(problemBody(problem, language, request.url.split('?')[0] ?? '')));
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    const known = knownProblem(error);
    if (known !== undefined) return known;
    if (error instanceof HttpException) return plainProblem(error.getStatus(), error.getStatus() === 404 ? undefined : error.message);
    const status = statusOf(error);
    if (status !== undefined) return plainProblem(status, error instanceof Error ? error.message : undefined);
    const reference = nanoid(10);
    this.logger.error({ err: error, reference, method: request.method, url: request.routeOptions.url }, 'request failed');
    if (DATABASE_AWAY.has(errorCode(error) ?? '') || (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))) {
      return new Problem(503, 'database-away', 'The database does not answer', { headers: { 'retry-after': '5' }, more: { reference } });
    }
    return new Problem(500, 'internal', 'Something went wrong inside', { params: { reference }, more: { reference } });
  }
}
