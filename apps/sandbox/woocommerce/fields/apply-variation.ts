import type { Attachment, ChosenOption, Product, Variation } from '../model.js';
import type { Office } from '../office.js';
import { isSent, listed, objectsOf } from '../params.js';
import { wholeSecond } from '../site-time.js';
import { plainLine } from '../text.js';
import { applyItem } from './apply-item.js';
import { initialPlain, ITEM_PLAIN } from './plain-fields.js';

type Body = Readonly<Record<string, unknown>>;

export function newVariation({ clock, counters }: Office): Variation {
  const now = wholeSecond(clock.now());
  return {
    id: counters.post.next(),
    status: 'publish',
    sku: '',
    gtin: '',
    description: '',
    regularPrice: '',
    salePrice: '',
    saleFrom: 0,
    saleTo: 0,
    manageStock: false,
    stockQuantity: null,
    stockStatus: 'instock',
    backorders: 'no',
    weight: '',
    dimensions: { length: '', width: '', height: '' },
    meta: [],
    menuOrder: 0,
    createdAt: now,
    modifiedAt: now,
    plain: { ...initialPlain(ITEM_PLAIN), gallery_image_ids: [] },
    attributes: [],
    image: null,
  };
}

/** Puts a body onto a draft. `image`: undefined leaves it, null takes it away. */
export function applyVariation(office: Office, parent: Product, draft: Variation, body: Body, image: Attachment | null | undefined): void {
  const { gallery_image_ids: gallery, ...rest } = body;
  applyItem(office, draft, rest);
  if (isSent(gallery) && office.cabinet.release.galleries)
    draft.plain['gallery_image_ids'] = listed(gallery)
      .map(Number)
      .filter((id) => office.library.get(id) !== undefined);
  if (isSent(body['attributes'])) draft.attributes = chosen(parent, body['attributes']);
  if (image !== undefined) draft.image = image;
}

/** Only attributes that the parent has for its variations count; whether it lists the option nobody asks. */
function chosen(parent: Product, sent: unknown): ChosenOption[] {
  return objectsOf(sent).flatMap(({ id, name, option }) => {
    const wanted = plainLine(String(name ?? '')).toLowerCase();
    const known = parent.attributes.find((one) => one.variation && (Number(id ?? 0) > 0 ? one.id === Number(id) : one.id === 0 && one.name.toLowerCase() === wanted));
    return known && isSent(option) && option !== '' ? [{ id: known.id, name: known.name, option: plainLine(String(option)) }] : [];
  });
}
