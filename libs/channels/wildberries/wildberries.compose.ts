import { type Diagnostic, type Doc, Refused, Unsupported, readDocOrEmpty, readKey, readList, readText, sendId } from '#kernel';
import type { Dimensions, FacetValues, PushItem } from '#channels/contract';
import { articleOf, sizeOfKey } from './wildberries.card-keys.js';
import { BRAND } from './wildberries.normalise.js';
import { barcodesOf } from './wildberries.observe.js';
import { formOfCanonical } from './wildberries.price-form.js';
import { sizeNames } from './wildberries.sizes.js';

/* The exact body for one card and one call. */

/** Members of a live card that Wildberries made itself; everything else goes back, known to this program or not. */
const READ_ONLY: ReadonlySet<string> = new Set(['nmUUID', 'imtID', 'subjectID', 'subjectName', 'photos', 'video', 'tags', 'createdAt', 'updatedAt', 'needKiz']);

/** Throws `Refused` when something the call cannot do without is missing, `Unsupported` for an unknown operation. */
export function compose(operation: string, item: PushItem): unknown {
  switch (operation) {
    case 'create':
      return newCard(item);
    case 'card':
      return wholeCard(item);
    case 'media':
      return { nmId: nmId(item), data: [...pictureUrls(item), ...videoOf(item)] };
    case 'prices':
      return { nmID: nmId(item), ...formOfCanonical(item.values.price ?? missing('price', 'wildberries.no-price')) };
    case 'stocks':
      return stockRows(item);
    case 'trash':
    case 'recover':
      return { nmID: nmId(item) };
    default:
      throw new Unsupported(`Wildberries has no operation "${operation}"`);
  }
}

function newCard(item: PushItem): NewCard {
  const { key, values } = item;
  const attributes = values.attributes ?? {};
  return {
    subjectID: sendId(values.category ?? missing('category', 'wildberries.no-category')),
    variants: [
      {
        vendorCode: articleOf(key),
        title: values.title ?? missing('title', 'wildberries.no-title'),
        description: values.description ?? '',
        ...brandOf(attributes),
        dimensions: sentDimensions(values.dimensions ?? missing('dimensions', 'wildberries.no-dimensions')),
        characteristics: characteristics(attributes),
        sizes: [newSize(item)],
      },
    ],
  };
}

/** One group of one card, as it is sent for creation. */
export interface NewCard {
  readonly subjectID: number | string;
  readonly variants: readonly [Doc & { readonly sizes: readonly Doc[] }];
}

/** A size of a card that is to be made. The key names it where the card has several. */
function newSize({ key, values, product }: PushItem): Doc {
  const { price, barcodes = [] } = values;
  const names = sizeNames(product);
  const techSize = sizeOfKey(key);
  return {
    ...(techSize === undefined ? names : { techSize, wbSize: names.wbSize ?? techSize }),
    ...(price === undefined ? {} : { price: formOfCanonical(price).price }),
    skus: barcodes,
  };
}

/** A live card with one more size, and with everything else as its listing wants it. */
export function withNewSize(item: PushItem, live: Doc): Doc {
  const card = wholeCard({ ...item, externalId: readKey(live['nmID'], 'cards list.nmID'), ids: {}, document: live, values: { ...item.values, barcodes: [] } });
  return { ...card, sizes: [...readList(card['sizes'], 'sizes'), newSize(item)] };
}

/** `cards/update` erases what it is not told, so the live card is the ground and ours is laid over it. */
function wholeCard(item: PushItem): Doc {
  const live = item.document === undefined ? missing('', 'wildberries.not-read') : readDocOrEmpty(item.document);
  const { title, description, attributes, dimensions } = item.values;
  const body: Record<string, unknown> = Object.fromEntries(Object.entries(live).filter(([name]) => !READ_ONLY.has(name)));
  const { isValid: _judged, ...measured } = readDocOrEmpty(live['dimensions']);
  return {
    ...body,
    nmID: nmId(item),
    vendorCode: live['vendorCode'] ?? articleOf(item.key),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(item.dropAttributes?.includes(BRAND) ? { brand: '' } : {}),
    ...(attributes === undefined ? {} : brandOf(attributes)),
    dimensions: dimensions === undefined ? measured : { ...measured, ...sentDimensions(dimensions) },
    characteristics: laidOver(characteristicsLeft(item, live), attributes ?? {}),
    sizes: withBarcodes(readList(live['sizes'], 'sizes').map(readDocOrEmpty), item),
  };
}

/** What stands on the card, without what is to go. */
function characteristicsLeft(item: PushItem, live: Doc): readonly Doc[] {
  const dropped = new Set(item.dropAttributes ?? []);
  return readList(live['characteristics'], 'characteristics')
    .map(readDocOrEmpty)
    .filter((one) => !dropped.has(readText(one['id'])));
}

/** Live characteristics with ours in their places; the names are for reading only. */
function laidOver(live: readonly Doc[], attributes: FacetValues['attributes']): unknown {
  const ours = new Map(characteristics(attributes).map((one) => [String(one.id), one]));
  const kept = live.map(({ name: _name, ...rest }) => {
    const own = ours.get(String(rest['id']));
    ours.delete(String(rest['id']));
    return own === undefined ? rest : { ...rest, ...own };
  });
  return [...kept, ...ours.values()];
}

interface Characteristic {
  readonly id: number | string;
  readonly value: readonly string[] | number;
}

/** One number, or a list of texts. */
function characteristics(attributes: FacetValues['attributes']): readonly Characteristic[] {
  return Object.entries(attributes)
    .filter(([id]) => id !== BRAND)
    .map(([id, values]) => ({ id: sendId(id), value: values[0]?.number === true ? Number(values[0].text) : values.map((value) => value.text) }));
}

/** Barcodes can only be added: to the listing's own size, else to the one that has one of them already, else to the first. */
function withBarcodes(sizes: readonly Doc[], { ids, values }: PushItem): readonly Doc[] {
  const known = new Set(sizes.flatMap(barcodesOf));
  const codes = values.barcodes ?? [];
  const mine = sizes.findIndex((size) => readText(size['chrtID']) === ids['chrt']);
  const holder = sizes.findIndex((size) => barcodesOf(size).some((code) => codes.includes(code)));
  const own = mine >= 0 ? mine : Math.max(0, holder);
  return sizes.map((size, at) => ({ ...size, skus: [...barcodesOf(size), ...(at === own ? codes.filter((code) => !known.has(code)) : [])] }));
}

function brandOf(attributes: FacetValues['attributes']): { brand?: string } {
  const brand = attributes[BRAND]?.[0]?.text;
  return brand === undefined ? {} : { brand };
}

function sentDimensions(value: Dimensions): Readonly<Record<string, number>> {
  return { length: Math.round(value.length / 10), width: Math.round(value.width / 10), height: Math.round(value.height / 10), weightBrutto: value.weight / 1000 };
}

function pictureUrls(item: PushItem): readonly string[] {
  return item.mediaUrls ?? missing('media', 'wildberries.no-public-picture');
}

/** `media/save` replaces the video with the pictures. */
function videoOf(item: PushItem): readonly string[] {
  const video = readDocOrEmpty(item.document)['video'];
  return typeof video === 'string' && video !== '' ? [video] : [];
}

interface StockRow {
  readonly warehouse: string;
  readonly chrtId: number | string;
  readonly amount: number;
}

function stockRows({ key, ids, values, product }: PushItem): readonly StockRow[] {
  const chrtId = sendId(ids['chrt'] ?? missing('stock', 'wildberries.no-size'));
  // A product that names no size was never meant as one of several: its pieces are not those of the card's first size.
  const named = product === undefined || (sizeOfKey(key) ?? sizeNames(product).techSize) !== undefined;
  if (ids['offer'] !== undefined && !named) missing('stock', 'wildberries.size-unknown');
  return Object.entries(values.stock ?? missing('stock', 'wildberries.no-stock')).map(([warehouse, amount]) => ({ warehouse, chrtId, amount }));
}

function nmId(item: PushItem): number | string {
  return item.externalId === undefined || item.externalId === '' ? missing('presence', 'wildberries.not-created') : sendId(item.externalId);
}

function missing(path: string, code: string): never {
  const diagnostics: readonly Diagnostic[] = [{ severity: 'error', path, code }];
  throw new Refused(`Nothing to send: ${code}`, diagnostics);
}
