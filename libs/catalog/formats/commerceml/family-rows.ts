import type { ProductPatch } from '../../document/product-document.js';
import { issueOf } from '../../faults/validation-issue.js';
import type { ProductRow } from '../product-row.js';
import type { CatalogItem } from './catalog-item.js';
import { productPart, variantPart } from './onec-values.js';
import type { OfferItem } from './offer-item.js';
import type { ItemFamily } from './staged-items.js';

/** The system under which external ids of 1C are kept. */
export const ONEC = '1c';

/** The attribute of variants whose characteristics have no names. */
const CHARACTERISTIC = 'Характеристика';
const MOST_AXES = 5;
const MOST_SKU = 50;

/** The rows of one product of 1C: itself, or a row for each of its variants (and one that says why it is none itself). */
export function familyRows(family: ItemFamily): ProductRow[] {
  const { product, variantItems, offers } = family;
  const ids = [...new Set([...variantItems, ...offers].map(({ id }) => id))].filter((id) => variantPart(id) !== undefined).sort();
  if (ids.length === 0) return [row(product, offers[0], family)];
  const sold = new Map(offers.map((offer) => [offer.id, withCharacteristic(offer, product?.title)]));
  const axes = differing(ids.flatMap((id) => sold.get(id) ?? []));
  const variants = ids.map((id) =>
    row(
      inherited(
        product,
        variantItems.find((item) => item.id === id),
      ),
      sold.get(id),
      family,
      { id, axes },
    ),
  );
  const skus = variants.map(({ sku }) => sku);
  const unique = variants.map((one): ProductRow =>
    one.sku !== undefined && skus.indexOf(one.sku) !== skus.lastIndexOf(one.sku) ? { ...one, sku: idSku(one.externalId?.id ?? '') } : one,
  );
  return product === undefined ? unique : [modelRow(product), ...unique];
}

interface Variant {
  readonly id: string;
  readonly axes: readonly string[];
}

/** Goods that are sold by their characteristics are none themselves. */
function modelRow({ place, id }: CatalogItem): ProductRow {
  return { place, externalId: { system: ONEC, id }, patch: {}, warnings: [], skipped: issueOf('externalIds', id, 'onec-model') };
}

/** Where the characteristics are not filled in, the name still tells the variant: "Ботинки (35)". */
function withCharacteristic(offer: OfferItem, product: string | undefined): OfferItem {
  const told = offer.characteristics.length === 0 ? nameSuffix(offer.title, product) : undefined;
  return told === undefined ? offer : { ...offer, characteristics: [[CHARACTERISTIC, told]] };
}

function nameSuffix(title: string | undefined, product: string | undefined): string | undefined {
  if (title === undefined || product === undefined || !title.startsWith(product)) return undefined;
  return /^\s*\((.+)\)$/.exec(title.slice(product.length))?.[1]?.trim();
}

/** A variant has all that its product has, but for the barcode: one code, one product. */
function inherited(product: CatalogItem | undefined, own: CatalogItem | undefined): CatalogItem | undefined {
  if (product === undefined) return own;
  const { warnings: _warnings, ...shared } = { ...product, barcodes: [] };
  if (own === undefined) return { ...shared, warnings: [] };
  return {
    ...shared,
    ...own,
    category: own.category ?? product.category,
    attributes: { ...product.attributes, ...own.attributes },
    pictures: own.pictures.length > 0 ? own.pictures : product.pictures,
  };
}

/** The characteristics in which these offers differ, one that only some have included; all of them when there is nothing to compare. */
function differing(offers: readonly OfferItem[]): string[] {
  const names = [...new Set(offers.flatMap(({ characteristics }) => characteristics.map(([name]) => name)))];
  const differs = (name: string): boolean => new Set(offers.map(({ characteristics }) => new Map(characteristics).get(name))).size > 1;
  const split = offers.length < 2 ? [] : names.filter(differs);
  return (split.length > 0 ? split : names).slice(0, MOST_AXES);
}

function row(item: CatalogItem | undefined, offer: OfferItem | undefined, family: ItemFamily, variant?: Variant): ProductRow {
  const id = variant?.id ?? offer?.id ?? item?.id ?? '';
  const place = (variant ? offer?.place : undefined) ?? item?.place ?? offer?.place ?? '';
  const warnings = [...(item?.warnings ?? []), ...(offer?.warnings ?? [])];
  const base = { place, externalId: { system: ONEC, id }, warnings };
  if (item?.service) return { ...base, patch: {}, skipped: issueOf('title', item.title, 'onec-service') };
  if (item?.deleted || offer?.deleted) return { ...base, patch: { archived: true }, unlessKnown: issueOf('externalIds', id, 'onec-deleted') };
  const title = titleOf(item, offer, variant);
  // An offer alone names its goods, but a new product takes more than a name: at least the article, and its own goods for a variant.
  const describes = item !== undefined || (variant === undefined && offer?.article !== undefined);
  if (title === undefined || !describes) return { ...base, patch: ofOffer(item, offer), unlessKnown: issueOf('externalIds', id, 'onec-unknown') };
  const pictures = offer && offer.pictures.length > 0 ? offer.pictures : (item?.pictures ?? []);
  const model = variant && { code: productPart(id), axes: variant.axes, ...(family.product?.title && { title: family.product.title }) };
  return {
    ...base,
    sku: skuOf(id, item, offer, variant, family),
    patch: { ...(item && { title, ...ofItem(item) }), ...ofOffer(item, offer) },
    ...(item === undefined && { initial: { title } }),
    ...(model && { model }),
    ...(pictures.length > 0 && { pictures }),
  };
}

function ofItem({ description, category, brand, country, vat, weight, dimensions, attributes }: CatalogItem): ProductPatch {
  const said = { description, category, brand, country, vat, weight, dimensions };
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

function ofOffer(item: CatalogItem | undefined, offer: OfferItem | undefined): ProductPatch {
  const barcodes = [...new Set([...(item?.barcodes ?? []), ...(offer?.barcodes ?? [])])];
  const characteristics = offer?.characteristics ?? [];
  return {
    ...(barcodes.length > 0 && { barcodes }),
    ...(offer?.price && { price: offer.price }),
    ...(offer?.stock && { stock: offer.stock }),
    ...(characteristics.length > 0 && { attributes: { ...item?.attributes, ...Object.fromEntries(characteristics) } }),
  };
}

/** An offer names its variant ("… (38)"); goods without variants have only their own name. */
function titleOf(item: CatalogItem | undefined, offer: OfferItem | undefined, variant: Variant | undefined): string | undefined {
  const own = item?.title;
  if (variant === undefined) return own ?? offer?.title;
  if (offer?.title !== undefined && offer.title !== own) return offer.title;
  const values = offer?.characteristics.map(([, value]) => value) ?? [];
  return own === undefined || values.length === 0 ? own : `${own} (${values.join(', ')})`;
}

/** The article where it tells products apart, else the code, else the id: 1C lets articles be empty and repeat. */
function skuOf(id: string, item: CatalogItem | undefined, offer: OfferItem | undefined, variant: Variant | undefined, { articleShared, product }: ItemFamily): string {
  const root = articleShared ? item?.code : (item?.article ?? offer?.article ?? item?.code);
  const told = nameSuffix(offer?.title, product?.title) ?? variant?.axes.flatMap((axis) => new Map(offer?.characteristics).get(axis) ?? []).join('-');
  const made = variant === undefined ? root : root && told ? `${root}-${told}`.replace(/\s+/g, ' ') : undefined;
  return made !== undefined && made.length <= MOST_SKU ? made : idSku(id);
}

function idSku(id: string): string {
  const variant = variantPart(id);
  return (variant === undefined ? productPart(id) : `${productPart(id).slice(0, 8)}-${variant}`).slice(0, MOST_SKU);
}
