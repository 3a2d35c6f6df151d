import { ChannelError, type Doc } from '#kernel';
import type { PushOutcome } from '#channels/contract';
import type { ItemResult, Sending } from './woocommerce.batch.js';
import type { MediaBody } from './woocommerce.bodies.js';
import { picturesAfter, type SentImage } from './woocommerce.images.js';
import { picturesMeta } from './woocommerce.meta.js';

/** An attachment that we noted was deleted from the site's library. */
const GONE = 'invalid_image_id';

/** One request a product, because the site fetches the pictures while it answers; then one for all that notes which attachment is which. */
export async function pushMedia(sending: Sending, bodies: readonly MediaBody[]): Promise<readonly PushOutcome[]> {
  const results: ItemResult[] = [];
  for (const body of bodies) {
    const result = await send(sending, body, body.images);
    const gone = result.kind === 'refused' && result.diagnostics.some((one) => String(one.params?.['code']).includes(GONE));
    results.push(gone ? await send(sending, body, body.anew) : result);
  }
  await note(sending, bodies, results);
  return results.map((result): PushOutcome => (result.kind === 'done' ? { kind: 'accepted', answer: { id: result.product['id'] } } : result));
}

function send(sending: Sending, { id, parent }: MediaBody, images: readonly SentImage[]): Promise<ItemResult> {
  if (parent === undefined) return sending.one('PUT', `/products/${id}`, { images });
  return sending.one('PUT', `/products/${parent}/variations/${id}`, { image: images[0] });
}

/** A note that could not be written costs one more copy of a picture some day; the pictures themselves are there. */
async function note(sending: Sending, bodies: readonly MediaBody[], results: readonly ItemResult[]): Promise<void> {
  const byPath = new Map<string, Doc[]>();
  bodies.forEach((body, at) => {
    const result = results[at];
    if (result?.kind !== 'done') return;
    const wanted = body.digests.map((digest) => ({ digest }));
    const pictures = picturesAfter(body.noted, wanted, body.parent === undefined ? result.product['images'] : result.product['image']);
    const meta = picturesMeta(pictures);
    if (meta.value === picturesMeta(body.noted).value) return;
    const path = body.parent === undefined ? '/products/batch' : `/products/${body.parent}/variations/batch`;
    byPath.set(path, [...(byPath.get(path) ?? []), { id: body.id, meta_data: [meta] }]);
  });
  for (const [path, entries] of byPath) {
    await sending.batch(path, 'update', entries).catch((error: unknown) => {
      if (!(error instanceof ChannelError)) throw error;
    });
  }
}
