import { type Doc, BrokenContract, line, plainText, readDoc, readId, readList, readText } from '#kernel';
import type { CardValues, ObservedCard, Presence, StatusCause, StatusValue } from '#channels/contract';
import { attributesInOrder, chosenAttributes, shownAttributes } from './woocommerce.attributes.js';
import type { CategoryTree } from './woocommerce.categories.js';
import { imagesOf, leadOf, sharedNotes } from './woocommerce.meta.js';
import { normalise } from './woocommerce.normalise.js';
import { priceOf } from './woocommerce.price.js';
import { readable } from './woocommerce.readable.js';
import { answeredFor } from './woocommerce.shared-values.js';
import { dimensionsOf, type ShopSettings } from './woocommerce.settings.js';

/* Answers → observed cards. A card is what has a SKU of its own: a simple product, or one variation of a variable one (its group). */

/** What must be known of the shop to read a product. */
export interface Shop {
  readonly settings: ShopSettings;
  readonly tree: CategoryTree;
}

/** A shop has one stock; it goes under this name. */
export const SITE = 'site';
/** A product that the shop sells without counting. */
export const UNCOUNTED = 1_000_000;
/** Behind the address of a picture: its place has room for this one only. */
export const ONE_PICTURE = '#only';
/** A product without a SKU is known by its id. */
const NAMELESS = 'id:';

export function keyOf(product: Doc): string {
  const sku = readText(product['sku']).trim();
  return sku === '' ? `${NAMELESS}${idOf(product)}` : sku;
}

/** The id in the name of a product without a SKU; undefined for a SKU. */
export function idOfKey(key: string): string | undefined {
  return new RegExp(`^${NAMELESS}(\\d+)$`).exec(key)?.[1];
}

export function idOf(product: Doc): string {
  const id = readId(product['id'], 'product.id');
  if (id === '') throw new BrokenContract('product.id: expected an id', product);
  return id;
}

export function isGroup(product: Doc): boolean {
  return readText(product['type']).startsWith('variable');
}

/** A product that is not a group. */
export function simpleCard(product: Doc, shop: Shop): ObservedCard {
  return {
    key: keyOf(product),
    externalId: idOf(product),
    ids: datedIds(product),
    values: {
      category: categoryOf(product, shop.tree),
      title: line(plainText(readText(product['name']))),
      description: readable(readText(product['description'])),
      media: picturesOf(product['images']),
      attributes: shownAttributes(product['attributes'], true),
      ...ownValues(product, shop, presenceOf(product)),
    },
    document: { product },
  };
}

/**
 * One variation. Name, category and what does not tell variations apart are its group's. The group's text and gallery are shown for
 * the variation that leads it; the others have a text of their own, or inherit, and one picture.
 */
export function variationCard(variation: Doc, group: Doc, shop: Shop): ObservedCard {
  const key = keyOf(variation);
  const leads = leadOf(group) === key;
  const axes = chosenAttributes(variation['attributes']);
  return {
    key,
    externalId: idOf(variation),
    ids: { group: idOf(group), model: keyOf(group), axes: JSON.stringify(Object.keys(axes)), ...datedIds(variation) },
    values: {
      category: categoryOf(group, shop.tree),
      title: line(plainText(readText(group['name']))),
      description: readable(shownHtml(key, variation, group)),
      media: leads
        ? picturesOf(group['images'])
        : picturesOf(inherits(variation, group) ? [] : ownPicture(variation))
            .slice(0, 1)
            .map((url) => `${url}${ONE_PICTURE}`),
      attributes: attributesInOrder({ ...answeredFor(key, shownAttributes(group['attributes'], false), sharedNotes(group)), ...axes }),
      ...ownValues(variation, shop, presenceOf(group) === 'listed' ? presenceOf(variation) : 'archived'),
    },
    document: { product: variation, group },
  };
}

/**
 * A variation without a picture shows the first of its group, which is that of the variation that leads: its own is lost. We give each
 * variation a file of its own, so in a group of ours the same file says so; in others it may be all there ever was.
 */
function inherits(variation: Doc, group: Doc): boolean {
  const [own] = imagesOf(ownPicture(variation));
  return leadOf(group) !== '' && own !== undefined && own.id !== '' && own.id === imagesOf(group['images'])[0]?.id;
}

/** The text that is shown of a card, with its mark-up: that of a variation is its own, if it has one and does not lead its group. */
export function shownHtml(key: string, product: Doc, group?: Doc): string {
  const own = readText(product['description']);
  return group === undefined || (own !== '' && leadOf(group) !== key) ? own : readText(group['description']);
}

/** Under its own path a variation has one `image`; found by its SKU it has `images` like a product. */
export function ownPicture(variation: Doc): unknown {
  return variation['image'] ?? variation['images'];
}

/** What a variation has as a simple product has it. */
function ownValues(product: Doc, { settings }: Shop, presence: Presence): CardValues {
  const text = (name: string) => readText(product[name]);
  const size = (name: string) => readText(readDoc(product['dimensions'] ?? {}, 'dimensions')[name]);
  const price = priceOf(
    {
      price: text('price'),
      regular_price: text('regular_price'),
      sale_price: text('sale_price'),
      date_on_sale_from_gmt: text('date_on_sale_from_gmt'),
      date_on_sale_to_gmt: text('date_on_sale_to_gmt'),
    },
    settings.currency,
  );
  const stock = stockOf(product);
  return {
    dimensions: dimensionsOf({ weight: text('weight'), length: size('length'), width: size('width'), height: size('height') }, settings),
    barcodes: normalise('barcodes', [text('global_unique_id')]) as readonly string[],
    presence,
    status: statusOf(product, presence, price.price, stock),
    price,
    stock: { [SITE]: stock },
  };
}

/** Seen by buyers, or put away: drafts, private and scheduled products, the trash, and what is hidden from catalog and search alike. */
function presenceOf(product: Doc): Presence {
  return readText(product['status']) === 'publish' && readText(product['catalog_visibility']) !== 'hidden' ? 'listed' : 'archived';
}

/** Pieces that can be bought; what oversells ("backorders") is not counted here. */
function stockOf(product: Doc): number {
  const { manage_stock: managed, stock_quantity: quantity } = product;
  if (managed !== true && managed !== 'parent') return readText(product['stock_status']) === 'outofstock' ? 0 : UNCOUNTED;
  if (quantity === null || quantity === undefined) return 0;
  if (typeof quantity !== 'number' || !Number.isFinite(quantity)) throw new BrokenContract('stock_quantity: expected a number', quantity);
  return Math.max(0, Math.trunc(quantity));
}

function statusOf(product: Doc, presence: Presence, price: number, stock: number): StatusValue {
  const causes: { code: StatusCause; detail?: string }[] = [];
  const visible = readText(product['catalog_visibility']);
  const status = readText(product['status']);
  if (presence !== 'listed') causes.push({ code: 'archived', detail: status === 'publish' ? (visible === 'hidden' ? 'hidden' : 'group') : status });
  if (price === 0) causes.push({ code: 'no-price' });
  if (stock <= 0) causes.push({ code: 'no-stock' });
  if (causes.length === 0 && product['purchasable'] === false) causes.push({ code: 'unknown', detail: 'purchasable: false' });
  return { sellable: causes.length === 0, moderation: 'none', causes, refusals: [] };
}

/** A sale with dates keeps a price of ours from being in force: its dates have to go with the next price. */
function datedIds(product: Doc): Readonly<Record<string, string>> {
  const dated = readText(product['date_on_sale_from_gmt']) !== '' || readText(product['date_on_sale_to_gmt']) !== '';
  return dated ? { sale: 'dated' } : {};
}

function categoryOf(product: Doc, tree: CategoryTree): string {
  return tree.placesOf(categoryIds(product));
}

export function categoryIds(product: Doc): readonly string[] {
  return readList(product['categories'], 'categories').map((value) => readId(readDoc(value, 'categories')['id'], 'categories.id'));
}

function picturesOf(value: unknown): readonly string[] {
  return imagesOf(value)
    .map(({ src }) => src)
    .filter((src) => src !== '');
}
