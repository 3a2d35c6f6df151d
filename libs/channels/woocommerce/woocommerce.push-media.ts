import { ChannelError, type Doc } from '#kernel';
import type { PushOutcome } from '#channels/contract';
import type { ItemResult, Sending } from './woocommerce.batch.js';
import type { MediaBody } from './woocommerce.bodies.js';
import { picturesAfter, type SentImage } from './woocommerce.images.js';
import { imagesOf, picturesMeta } from './woocommerce.meta.js';

/** An attachment that we noted was deleted from the site's library. */
const GONE = 'invalid_image_id';

/** Should the hub die, what a slow site did in so long is known by the names of the files alone. Wall time. */
const NOTED_EVERY_MS = 60_000;

/** Product by product; one request for all of them, or a minute's, notes which attachment is which. */
export async function pushMedia(sending: Sending, bodies: readonly MediaBody[]): Promise<readonly PushOutcome[]> {
  const results: ItemResult[] = [];
  let noted = 0;
  let notedAt = sending.tookMs;
  for (const body of bodies) {
    const result = await send(sending, body, body.images);
    const gone = result.kind === 'refused' && result.diagnostics.some((one) => String(one.params?.['code']).includes(GONE));
    // Or one that it shows and does not take for a picture.
    results.push(gone ? await send(sending, { ...body, shown: [] }, body.anew) : result);
    if (results.length < bodies.length && sending.tookMs - notedAt < NOTED_EVERY_MS) continue;
    await note(sending, bodies.slice(noted, results.length), results.slice(noted));
    noted = results.length;
    notedAt = sending.tookMs;
  }
  return results.map((result): PushOutcome => (result.kind === 'done' ? { kind: 'accepted', answer: { id: result.product['id'] } } : result));
}

function send(sending: Sending, body: MediaBody, images: readonly SentImage[]): Promise<ItemResult> {
  const { id, parent } = body;
  if (parent === undefined) return sendOneByOne(sending, body, images);
  return sending.one(`/products/${parent}/variations/${id}`, { query: { _fields: 'id,image' }, body: { image: images[0] }, heavy: true });
}

/**
 * One new picture a request. The site fetches and resizes while the request waits, and what it took in before it runs out of time or
 * meets a picture that it cannot fetch stays in its library as files of no product, which nobody finds again.
 */
async function sendOneByOne(sending: Sending, { id, shown = [] }: MediaBody, images: readonly SentImage[]): Promise<ItemResult> {
  const put = (list: readonly SentImage[]) => sending.one(`/products/${id}`, { query: { _fields: 'id,images' }, body: { images: list }, heavy: true });
  const fresh = images.filter((image) => !('id' in image)).length;
  if (fresh <= 1) return put(images);
  const placed: SentImage[] = [];
  let left = fresh;
  for (const image of images) {
    placed.push(image);
    if ('id' in image) continue;
    left -= 1;
    if (left === 0) break;
    const result = await put([...placed, ...shown]);
    if (result.kind !== 'done') return result;
    const made = imagesOf(result.product['images'])[placed.length - 1]?.id ?? '';
    if (made === '') return { kind: 'unsure', why: 'a picture was answered without its id' };
    placed[placed.length - 1] = { id: Number(made) };
  }
  return put([...placed, ...images.slice(placed.length)]);
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
