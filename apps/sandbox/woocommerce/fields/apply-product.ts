import { slugOf, keptHtml, plainLine, unescaped } from '../text.js';
import { TYPES, VISIBILITIES, type Attachment, type Product, type ProductAttribute } from '../model.js';
import type { Office } from '../office.js';
import { isSent, listed, objectsOf, truthy } from '../params.js';
import { CATEGORY, TAG } from '../terms.js';
import { wholeSecond } from '../site-time.js';
import { applyItem } from './apply-item.js';
import { initialPlain, PRODUCT_PLAIN } from './plain-fields.js';

type Body = Readonly<Record<string, unknown>>;

/** Goods about which nothing is known yet; they are not in the shop until saved. */
export function newProduct({ clock, counters, terms }: Office): Product {
  const now = wholeSecond(clock.now());
  return {
    id: counters.post.next(),
    type: 'simple',
    status: 'publish',
    statusBeforeTrash: 'publish',
    visibility: 'visible',
    sku: '',
    gtin: '',
    name: '',
    slug: '',
    description: '',
    shortDescription: '',
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
    plain: initialPlain(PRODUCT_PLAIN),
    categories: [terms.uncategorized],
    tags: [],
    images: [],
    attributes: [],
    variations: [],
    sold: 0,
    removed: false,
  };
}

/** Puts a body onto a draft. `images` were taken into the library before; absent where the body names none. */
export function applyProduct(office: Office, draft: Product, body: Body, images: Attachment[] | undefined): void {
  if (isSent(body['type'])) draft.type = TYPES.find((one) => one === body['type']) ?? draft.type;
  applyItem(office, draft, body);
  if (isSent(body['name'])) draft.name = keptHtml(unescaped(String(body['name'])));
  if (isSent(body['description'])) draft.description = keptHtml(unescaped(String(body['description'])));
  if (isSent(body['short_description'])) draft.shortDescription = keptHtml(unescaped(String(body['short_description'])));
  if (isSent(body['catalog_visibility'])) draft.visibility = VISIBILITIES.find((one) => one === body['catalog_visibility']) ?? draft.visibility;
  if (isSent(body['categories'])) draft.categories = termsNamed(office, body['categories'], CATEGORY);
  if (draft.categories.length === 0) draft.categories = [office.terms.uncategorized];
  if (isSent(body['tags'])) draft.tags = termsNamed(office, body['tags'], TAG);
  if (isSent(body['attributes'])) draft.attributes = attributesOf(office, body['attributes']);
  if (images) draft.images = images;
  applySlug(office, draft, body);
  // A parent of variations has no price of its own.
  if (draft.type === 'variable') Object.assign(draft, { regularPrice: '', salePrice: '' });
}

function termsNamed({ terms }: Office, sent: unknown, taxonomy: string): number[] {
  const ids = objectsOf(sent).map(({ id }) => Number(id));
  return [...new Set(ids)].filter((id) => terms.term(id, taxonomy) !== undefined);
}

function attributesOf(office: Office, sent: unknown): ProductAttribute[] {
  const found: { attribute: ProductAttribute; position: number }[] = [];
  for (const [at, given] of objectsOf(sent).entries()) {
    const shared = { visible: truthy(given['visible']), variation: truthy(given['variation']) };
    const position = isSent(given['position']) ? Number(given['position']) : at;
    const words = listed(given['options']).map(String);
    const known = Number(given['id'] ?? 0) > 0 ? office.terms.attribute(Number(given['id'])) : undefined;
    if (known) {
      const options = words.map((word) => (office.terms.twin(known.slug, plainLine(word), 0) ?? office.terms.add(known.slug, plainLine(word))).name);
      found.push({ attribute: { id: known.id, name: known.name, ...shared, options: [...new Set(options)] }, position });
    } else if (!isSent(given['id']) || Number(given['id']) === 0) {
      const name = plainLine(String(given['name'] ?? ''));
      const options = words
        .flatMap((word) => word.split('|'))
        .map(plainLine)
        .filter(Boolean);
      if (name) found.push({ attribute: { id: 0, name, ...shared, options }, position });
    }
  }
  return found.sort((a, b) => a.position - b.position).map(({ attribute }) => attribute);
}

function applySlug({ products }: Office, draft: Product, { slug }: Body): void {
  if (!isSent(slug) && draft.slug !== '') return;
  const wanted = slugOf(isSent(slug) ? String(slug) : draft.name) || `product-${draft.id}`;
  let free = wanted;
  for (let n = 2; products.slugTaken(free, draft.id); n++) free = `${wanted}-${n}`;
  draft.slug = free;
}
