import type { FastifyInstance } from 'fastify';
import type { PictureHouse } from '../pictures/picture-house.js';

/** Photos in all the sizes that a card names; they are one rendering. */
export function servePhotos(app: FastifyInstance, pictures: PictureHouse): void {
  app.get<{ Params: { '*': string } }>(`${pictures.addresses.prefix}*`, async (request, reply) => {
    const cdn = request.params['*'].replace(/\/images\/[^/]+\//, '/images/big/').replace(/\.jpg$/, '');
    const bytes = await pictures.render(cdn);
    if (!bytes) return reply.code(404).type('text/plain').send('not found');
    return reply.type('image/jpeg').header('cache-control', 'public, max-age=31536000').send(bytes);
  });
}
