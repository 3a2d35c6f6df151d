import type { FastifyInstance } from 'fastify';
import type { PictureHouse } from './picture-house.js';

/** Hosted pictures, re-encoded on the way out. */
export function serveCdn(app: FastifyInstance, pictures: PictureHouse): void {
  app.get<{ Params: { '*': string } }>(`${pictures.addresses.prefix}*`, async (request, reply) => {
    const bytes = await pictures.render(request.params['*'].replace(/\.jpg$/, ''));
    if (!bytes) return reply.code(404).type('text/plain').send('not found');
    return reply.type('image/jpeg').header('cache-control', 'public, max-age=31536000').send(bytes);
  });
}
