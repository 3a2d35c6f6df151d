import type { Attachment } from '../model.js';
import type { Office } from '../office.js';
import { isSent, objectsOf } from '../params.js';
import { Problem } from '../problem.js';

/** The pictures a body names, in its order: known ones by number, all others fetched, however often they were before. undefined where it names none. */
export async function takeImages(office: Office, body: Readonly<Record<string, unknown>>): Promise<Attachment[] | undefined> {
  if (!isSent(body['images'])) return undefined;
  const taken: Attachment[] = [];
  for (const sent of objectsOf(body['images'])) {
    const image = await takeImage(office, sent);
    if (image) taken.push(image);
  }
  return taken;
}

/** The one picture of a variation; null where it is to have none. */
export async function takeVariationImage(office: Office, body: Readonly<Record<string, unknown>>): Promise<Attachment | null | undefined> {
  if (!('image' in body)) return undefined;
  const sent = body['image'];
  return typeof sent === 'object' && sent !== null ? ((await takeImage(office, sent as Record<string, unknown>)) ?? null) : null;
}

async function takeImage(office: Office, sent: Readonly<Record<string, unknown>>): Promise<Attachment | undefined> {
  const { library, clock, cabinet } = office;
  const name = isSent(sent['name']) ? String(sent['name']) : undefined;
  const alt = isSent(sent['alt']) ? String(sent['alt']) : undefined;
  const id = Number(sent['id'] ?? 0);
  if (id > 0) {
    const known = library.get(id);
    if (!known) throw new Problem(400, 'woocommerce_product_invalid_image_id', `#${id} is an invalid image ID.`);
    const file = { ...known, name: name || known.name, alt: alt ?? known.alt };
    if (file.name !== known.name || file.alt !== known.alt) library.keep(file);
    return file;
  }
  if (!isSent(sent['src']) || sent['src'] === '') return undefined;
  return library.upload(String(sent['src']), { name: name || undefined, alt }, { privateMedia: cabinet.current.private_media }, clock.now());
}
