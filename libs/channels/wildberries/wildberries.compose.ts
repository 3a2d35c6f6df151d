import { type Diagnostic, type Doc, Refused, Unsupported, readDocOrEmpty, readList, readText, sendId } from '#kernel';
import type { CardValues, Dimensions, FacetValues, PriceValue, PushItem } from '#channels/contract';
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
      return { nmID: nmId(item), ...formOfCanonical(priceOf(item)) };
    case 'stocks':
      return stockRows(item);
    case 'trash':
    case 'recover':
      return { nmID: nmId(item) };
    default:
      throw new Unsupported(`Wildberries has no operation "${operation}"`);
  }
}

function newCard({ key, values, product }: PushItem): unknown {
  const { category = missing('category', 'wildberries.no-category'), price, barcodes = [] } = values;
  const attributes = values.attributes ?? {};
  return {
    subjectID: sendId(category),
    variants: [
      {
        vendorCode: key,
        title: values.title ?? missing('title', 'wildberries.no-title'),
        description: values.description ?? '',
        ...brandOf(attributes),
        dimensions: sentDimensions(values.dimensions ?? missing('dimensions', 'wildberries.no-dimensions')),
        characteristics: characteristics(attributes),
        sizes: [{ ...sizeNames(product), ...(price === undefined ? {} : { price: formOfCanonical(price).price }), skus: barcodes }],
      },
    ],
  };
}

/** `cards/update` erases what it is not told, so the live card is the ground and ours is laid over it. */
function wholeCard(item: PushItem): unknown {
  const live = item.document === undefined ? missing('', 'wildberries.not-read') : readDocOrEmpty(item.document);
  const { title, description, attributes, dimensions } = item.values;
  const body: Record<string, unknown> = Object.fromEntries(Object.entries(live).filter(([name]) => !READ_ONLY.has(name)));
  const { isValid: _judged, ...measured } = readDocOrEmpty(live['dimensions']);
  return {
    ...body,
    nmID: nmId(item),
    vendorCode: item.key,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(item.dropAttributes?.includes(BRAND) ? { brand: '' } : {}),
    ...(attributes === undefined ? {} : brandOf(attributes)),
    dimensions: dimensions === undefined ? measured : { ...measured, ...sentDimensions(dimensions) },
    characteristics: laidOver(characteristicsLeft(item, live), attributes ?? {}),
    sizes: withBarcodes(readList(live['sizes'], 'sizes').map(readDocOrEmpty), item.values),
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

/** Barcodes can only be added. Those of the card go to the size that has one of them already, else to the first. */
function withBarcodes(sizes: readonly Doc[], values: CardValues): unknown {
  const known = new Set(sizes.flatMap(barcodesOf));
  const codes = values.barcodes ?? [];
  const own = Math.max(
    0,
    sizes.findIndex((size) => barcodesOf(size).some((code) => codes.includes(code))),
  );
  return sizes.map((size, at) => {
    const wanted = values.offers?.[readText(size['techSize'])]?.barcodes ?? (at === own ? codes : []);
    return { ...size, skus: [...barcodesOf(size), ...wanted.filter((code) => !known.has(code))] };
  });
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

function stockRows({ ids, values }: PushItem): readonly StockRow[] {
  const rows = (chrt: string, stock: Readonly<Record<string, number>> | undefined) =>
    Object.entries(stock ?? {}).map(([warehouse, amount]) => ({ warehouse, chrtId: sendId(ids[chrt] ?? missing('stock', 'wildberries.no-size')), amount }));
  if (values.offers !== undefined) return Object.entries(values.offers).flatMap(([size, offer]) => rows(`chrt:${size}`, offer.stock));
  return rows('chrt', values.stock ?? missing('stock', 'wildberries.no-stock'));
}

/** One price for all sizes of a card: prices by size are another call, for goods that were let in for it. */
function priceOf({ values }: PushItem): PriceValue {
  const prices = values.offers === undefined ? [values.price] : Object.values(values.offers).map((offer) => offer.price);
  const [first = missing('price', 'wildberries.no-price'), ...others] = prices;
  if (others.some((other) => other?.price !== first.price || other.old !== first.old)) missing('price', 'wildberries.prices-differ-by-size');
  return first;
}

function nmId(item: PushItem): number | string {
  return item.externalId === undefined || item.externalId === '' ? missing('presence', 'wildberries.not-created') : sendId(item.externalId);
}

function missing(path: string, code: string): never {
  const diagnostics: readonly Diagnostic[] = [{ severity: 'error', path, code }];
  throw new Refused(`Nothing to send: ${code}`, diagnostics);
}
