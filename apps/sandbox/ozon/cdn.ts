import type { FastifyInstance } from 'fastify';
import type { Market } from './market.js';
import { CDN_PREFIX } from './pictures.js';

/** Hosted pictures, re-encoded on the way out. */
export function serveCdn(app: FastifyInstance, market: Market): void {
  app.get<{ Params: { '*': string } }>(`${CDN_PREFIX}*`, async (request, reply) => {
    const bytes = await market.pictures.render(request.params['*'].replace(/\.jpg$/, ''));
    if (!bytes) return reply.code(404).type('text/plain').send('not found');
    return reply.type('image/jpeg').header('cache-control', 'public, max-age=31536000').send(bytes);
  });
}
