import { missingRequired, readAttributes, withDefaults } from './attributes.js';
import { attributeSchema, findType, isCategory } from './categories.js';
import { contentError } from './content-errors.js';
import type { Market } from './market.js';
import { contentMeaning, CONTENT_FACETS } from './meaning.js';
import { acceptContent } from './moderation.js';
import { ATTR_TITLE, type Attribute, type Card, type CardError, type Content } from './model.js';
import { parseMoney } from './money.js';
import { readPictures } from './picture-set.js';
import { priceRuleErrors, setPrice } from './price-rules.js';
import type { ImportItem } from './requests.js';
import { failed, type ItemResult, type ItemWork } from './task-model.js';
import { cleanLine } from './text.js';
import { beforeChange, contentWrites, facetWrite, isHeldBack, noteWrite, type FacetWrite } from './writes.js';

const VATS = new Set(['0', '0.05', '0.07', '0.1', '0.2', '0.22']);
const DIMENSION_UNITS = new Set(['mm', 'cm', 'in']);
const WEIGHT_UNITS = new Set(['g', 'kg', 'lb']);
const MAX_NAME = 255;

/** Creates a card or replaces it as a whole: whatever the item does not name is gone afterwards. */
export function writeCard(market: Market, item: ImportItem, work: ItemWork): ItemResult {
  const offerId = item.offer_id ?? '';
  const card = market.cards.byOfferId(offerId);
  const productId = card?.productId ?? 0;
  const read = readItem(item);
  if (read.currency !== market.cabinet.current.currency) read.errors.push(contentError('currency_differs', { field: 'currency_code' }));
  const set = readPictures(market, card, item, work.fetched);
  const blocking = [...read.errors, ...set.errors].filter((e) => e.level === 'ERROR_LEVEL_ERROR');
  if (blocking.length > 0) return { offerId, productId, status: 'failed', errors: [...read.errors, ...set.errors] };
  const next: Content = { ...read.content, pictures: set.pictures, colorPicture: set.colorPicture };
  const warnings = [...read.errors, ...set.errors];
  if (!card) return createCard(market, item, next, warnings, set.failures, work);
  if (set.fresh) card.lostUrls = [];
  return replaceCard(market, card, item, next, warnings, set.failures, work);
}

interface ReadItem {
  content: Content;
  errors: CardError[];
  price: number;
  oldPrice: number;
  vat: string;
  currency: string;
}

function readItem(item: ImportItem): ReadItem {
  const errors: CardError[] = [];
  const categoryId = item.new_description_category_id || item.description_category_id || 0;
  const typeId = item.type_id ?? 0;
  const type = findType(typeId);
  if (!isCategory(categoryId)) errors.push(contentError('description_category_invalid', { field: 'description_category_id' }));
  else if (type?.categoryId !== categoryId) {
    errors.push(contentError('description_category_has_no_description_type', { field: 'type_id' }));
  }
  const read = readAttributes(typeId, item.attributes ?? []);
  errors.push(...read.errors);
  const { attributes, defaults } = withDefaults(typeId, titled(typeId, read.attributes, item.name ?? ''));
  if (type) errors.push(...missingRequired(typeId, attributes));
  const name = attributes.find((a) => a.id === ATTR_TITLE)?.values[0]?.value ?? cleanLine(item.name ?? '');
  if (name === '') errors.push(contentError('EMPTY_REQUIRED', { field: 'name', attributeId: ATTR_TITLE, attributeName: 'Название' }));
  if (name.length > MAX_NAME) errors.push(contentError('name_too_long', { field: 'name' }));
  const sizes = [item.depth, item.width, item.height, item.weight];
  const unitsKnown = DIMENSION_UNITS.has(item.dimension_unit ?? '') && WEIGHT_UNITS.has(item.weight_unit ?? '');
  if (!unitsKnown || sizes.some((s) => !Number.isInteger(s) || (s ?? 0) <= 0)) {
    errors.push(contentError('missing_dimension', { field: 'dimensions' }));
  }
  const vat = item.vat ?? '0';
  if (!VATS.has(vat)) errors.push(contentError('vat_invalid', { field: 'vat' }));
  const price = parseMoney(item.price) ?? 0;
  if (price <= 0) errors.push(contentError('price_is_negative', { field: 'price' }));
  const oldPrice = item.old_price ? (parseMoney(item.old_price) ?? -1) : 0;
  if (oldPrice !== 0 && oldPrice <= price) errors.push(contentError('old_price_less_than_price', { field: 'old_price' }));
  const complex = (item.complex_attributes ?? []).flatMap((group) => group.attributes ?? []).map(complexAttribute);
  return {
    errors,
    price,
    oldPrice,
    vat,
    currency: item.currency_code || 'RUB',
    content: {
      name,
      categoryId,
      typeId,
      attributes,
      complexAttributes: complex.filter((a) => a.values.length > 0),
      pictures: [],
      colorPicture: null,
      depth: item.depth ?? 0,
      width: item.width ?? 0,
      height: item.height ?? 0,
      dimensionUnit: item.dimension_unit ?? 'mm',
      weight: item.weight ?? 0,
      weightUnit: item.weight_unit ?? 'g',
      pdf: (item.pdf_list ?? []).map((p) => ({ file_name: p.src_url ?? '', name: p.name ?? '' })),
      defaults,
    },
  };
}

function complexAttribute(input: NonNullable<ImportItem['attributes']>[number]): Attribute {
  return {
    id: input.id ?? 0,
    complex_id: input.complex_id ?? 0,
    values: (input.values ?? []).map((v) => ({ dictionary_value_id: v.dictionary_value_id ?? 0, value: (v.value ?? '').trim() })),
  };
}

/** The title travels as the name and as attribute 4180; the attribute wins. */
function titled(typeId: number, attributes: Attribute[], name: string): Attribute[] {
  const title = cleanLine(name);
  if (title === '' || attributes.some((a) => a.id === ATTR_TITLE)) return attributes;
  if (!attributeSchema(typeId).some((a) => a.id === ATTR_TITLE)) return attributes;
  return [...attributes, { id: ATTR_TITLE, complex_id: 0, values: [{ dictionary_value_id: 0, value: title }] }];
}

function createCard(market: Market, item: ImportItem, next: Content, warnings: CardError[], pictureErrors: Card['pictureErrors'], work: ItemWork): ItemResult {
  const now = market.clock.now();
  const offerId = item.offer_id ?? '';
  const gone = market.cards.evenRemoved(offerId);
  const price = parseMoney(item.price) ?? 0;
  const card: Card = {
    productId: market.cards.newProductId(),
    offerId,
    sku: 0,
    createdAt: now,
    updatedAt: now,
    statusAt: now,
    live: next,
    pending: null,
    barcodes: item.barcode ? [item.barcode] : [],
    price: {
      price,
      oldPrice: item.old_price ? (parseMoney(item.old_price) ?? 0) : 0,
      minPrice: 0,
      netPrice: 0,
      vat: item.vat ?? '0',
      currency: item.currency_code || 'RUB',
      autoAction: false,
      autoAdd: false,
      floorUntil: 0,
      base: price,
      decimals: 2,
    },
    stocks: {},
    archived: '',
    hidden: '',
    stuck: false,
    declined: false,
    quarantined: false,
    removed: false,
    errors: [],
    lostUrls: [],
    pictureErrors,
    lastTaskSeconds: 0,
    lastModerationSeconds: 0,
  };
  if (gone) market.cards.erase(gone);
  beforeChange(market, card, true);
  const facets = contentWrites(undefined, next, CONTENT_FACETS);
  facets.push({ facet: 'price', before: '', after: String(price), echoes: false });
  if (item.barcode) facets.push({ facet: 'barcodes', before: '', after: item.barcode, echoes: false });
  facets.push({ facet: 'presence', before: 'absent', after: 'listed', echoes: false });
  acceptContent(market, card, next, { taskId: work.task.id, taskSeconds: work.task.seconds, warnings, revalidates: true });
  note(market, offerId, work, facets, false);
  return { offerId, productId: card.productId, status: 'imported', errors: warnings };
}

function replaceCard(market: Market, card: Card, item: ImportItem, next: Content, warnings: CardError[], pictureErrors: Card['pictureErrors'], work: ItemWork): ItemResult {
  const { offerId, productId } = card;
  if (card.archived) return failed(offerId, 'PRODUCT_IS_ARCHIVED', productId);
  const price = {
    price: parseMoney(item.price) ?? 0,
    oldPrice: item.old_price ? (parseMoney(item.old_price) ?? 0) : 0,
  };
  const refused = priceRuleErrors({ ...card.price, ...price }, false);
  if (refused[0]) return { offerId, productId, status: 'failed', errors: [contentError(refused[0].code, { field: 'price' })] };
  const held = isHeldBack(card);
  const base = card.pending?.content ?? card.live;
  const facets = contentWrites(card, next, CONTENT_FACETS);
  const sameContent = JSON.stringify(withoutAddresses(base)) === JSON.stringify(withoutAddresses(next));
  beforeChange(market, card);
  const priceWrite = facetWrite(card, 'price', () => {
    setPrice(card, price);
    card.price.vat = item.vat ?? '0';
  });
  facets.push(priceWrite);
  const barcode = item.barcode;
  if (barcode) {
    facets.push(facetWrite(card, 'barcodes', () => void (card.barcodes.includes(barcode) || card.barcodes.push(barcode))));
  }
  card.pictureErrors = pictureErrors;
  const unchanged = sameContent && facets.every((f) => f.echoes) && !held;
  if (unchanged) market.cards.save(card);
  else acceptContent(market, card, next, { taskId: work.task.id, taskSeconds: work.task.seconds, warnings, revalidates: true });
  note(market, offerId, work, facets, held);
  return { offerId, productId, status: unchanged ? 'skipped' : 'imported', errors: warnings };
}

function note(market: Market, offerId: string, work: ItemWork, facets: FacetWrite[], revalidates: boolean): void {
  noteWrite(market, {
    key: work.task.key,
    method: '/v3/product/import',
    taskId: work.task.id,
    offerId,
    fullCard: true,
    revalidates,
    facets,
  });
}

/** Content without what the channel invents itself, for telling whether a write says anything new. */
export function withoutAddresses(content: Content): object {
  return {
    ...content,
    pictures: content.pictures.map((p) => p.hash),
    colorPicture: content.colorPicture?.hash ?? '',
    attributes: contentMeaning(content, 'attributes'),
    title: content.attributes.find((a) => a.id === ATTR_TITLE)?.values,
    description: content.attributes.find((a) => a.id === 4191)?.values,
  };
}
