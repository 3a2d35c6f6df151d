import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { catchError, from, mergeMap, type Observable, of } from 'rxjs';
import '../auth/caller.js';
import { NOT_REMEMBERED } from '../auth/policy.js';
import { POOL } from '../parts/tokens.js';
import { faulty, Problem } from './problem.js';
import { Upload } from './upload.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const KEPT_HEADERS = ['etag', 'location'] as const;

interface Remembered {
  readonly request_hash: Buffer;
  readonly status: number | null;
  readonly answer: unknown;
  readonly headers: Record<string, string> | null;
  readonly busy: boolean;
}

function hashOf(request: FastifyRequest): Buffer {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n${String(request.headers['if-match'] ?? '')}\n`);
  if (Buffer.isBuffer(request.body)) return hash.update(request.body).digest();
  if (request.body instanceof Upload) return hash.update(request.body.sha256).digest();
  return hash.update(JSON.stringify(request.body ?? null)).digest();
}

/**
 * A write sent twice with one Idempotency-Key happens once: the second is answered with the first answer. The key belongs to its caller
 * and to its exact request for a day. A write that failed is forgotten, so that it can be tried again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || SAFE.has(request.method) || request.principal === undefined) return next.handle();
    if (this.reflector.get<boolean | undefined>(NOT_REMEMBERED, context.getHandler()) === true) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw faulty({ field: 'Idempotency-Key', code: 'idempotency-key' });
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const principal = `${request.principal.kind}:${request.principal.id}`;
    const first = await this.claim(principal, key, hashOf(request));
    if (first !== undefined) return of(this.replay(first, reply));
    return next.handle().pipe(
      mergeMap((answer: unknown) => from(this.remember(principal, key, reply, answer))),
      catchError((error: unknown) => from(this.forget(principal, key).then(() => Promise.reject(error)))),
    );
  }

  /** Undefined: the caller is the first and may go on. */
  private async claim(principal: string, key: string, hash: Buffer): Promise<Remembered | undefined> {
    await this.pool.query(`DELETE FROM idempotency_key WHERE created_at < now() - interval '1 day'`);
    const taken = await this.pool.query(
      `INSERT INTO idempotency_key (principal, key, request_hash, locked_until) VALUES ($1, $2, $3, now() + interval '2 minutes')
       ON CONFLICT (principal, key) DO UPDATE SET locked_until = excluded.locked_until
       WHERE idempotency_key.status IS NULL AND idempotency_key.locked_until < now() AND idempotency_key.request_hash = excluded.request_hash`,
      [principal, key, hash],
    );
    if (taken.rowCount === 1) return undefined;
    const { rows } = await this.pool.query<Remembered>(
      'SELECT request_hash, status, answer, headers, status IS NULL AS busy FROM idempotency_key WHERE principal = $1 AND key = $2',
      [principal, key],
    );
    const row = rows[0];
    if (row !== undefined && !row.request_hash.equals(hash)) {
      throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another request');
    }
    if (row === undefined || row.busy) {
      throw new Problem(409, 'still-running', 'The first request with this Idempotency-Key is still running', { headers: { 'retry-after': '2' } });
    }
    return row;
  }

  private replay(row: Remembered, reply: FastifyReply): unknown {
    void reply.status(row.status ?? 200).headers({ ...(row.headers ?? {}), 'idempotency-replayed': 'true' });
    return row.answer ?? undefined;
  }

  private async remember(principal: string, key: string, reply: FastifyReply, answer: unknown): Promise<unknown> {
    const kept = Object.fromEntries(KEPT_HEADERS.flatMap((name) => (reply.getHeader(name) === undefined ? [] : [[name, String(reply.getHeader(name))]])));
    await this.pool.query('UPDATE idempotency_key SET status = $3, answer = $4, headers = $5 WHERE principal = $1 AND key = $2', [
      principal,
      key,
      reply.statusCode,
      answer === undefined ? null : JSON.stringify(answer),
      JSON.stringify(kept),
    ]);
    return answer;
  }

  private async forget(principal: string, key: string): Promise<void> {
    await this.pool.query('DELETE FROM idempotency_key WHERE principal = $1 AND key = $2 AND status IS NULL', [principal, key]);
  }
}
