import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
// What a page of another site can send without being asked first.
const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

function refuse(reason: 'other-site' | 'cookie-origin' | 'form-body'): Problem {
  return new Problem(403, 'cross-site', 'The request came from another site', { reason });
}

/** A change made with a browser's cookie must come from our own pages. @throws Problem */
export function assertSameSite(request: FastifyRequest): void {
  if (SAFE.has(request.method)) return;
  const fetchSite = request.headers['sec-fetch-site'];
  if (typeof fetchSite === 'string' && fetchSite !== 'same-origin' && fetchSite !== 'none') throw refuse('other-site');
  const { origin, host } = request.headers;
  if (typeof origin === 'string') {
    const from = URL.canParse(origin) ? new URL(origin).host : '';
    if (from === '' || from !== host) throw refuse('cookie-origin');
  }
  if (FORM_TYPES.test(request.headers['content-type'] ?? '')) throw refuse('form-body');
}
