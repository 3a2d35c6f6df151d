import { readAttributes } from './attributes.js';
import { contentError } from './content-errors.js';
import { withoutAddresses } from './import.js';
import type { Market } from './market.js';
import { acceptContent } from './moderation.js';
import { ATTR_DESCRIPTION, ATTR_TITLE, SAFE_ATTRIBUTES, type Attribute, type Card, type Content, type FacetName } from './model.js';
import { readPictures, urlsToFetch } from './picture-set.js';
import type { AttributesItem, PicturesItem } from './requests.js';
import { failed, type ItemResult, type ItemWork } from './task-model.js';
import { beforeChange, contentWrites, isHeldBack, noteWrite } from './writes.js';

/** Addresses that one item of a task needs downloaded. */
export function neededUrls(market: Market, item: PicturesItem): string[] {
  return urlsToFetch(market, market.cards.byOfferId(item.offer_id ?? ''), item);
}

/** Sets the listed attributes and leaves the others; a value cannot be removed this way. */
export function writeAttributes(market: Market, item: AttributesItem, work: ItemWork): ItemResult {
  const offerId = item.offer_id ?? '';
  const card = market.cards.byOfferId(offerId);
  if (!card) return failed(offerId, 'offer_not_found');
  if (card.archived) return failed(offerId, 'PRODUCT_IS_ARCHIVED', card.productId);
  const base = card.pending?.content ?? card.live;
  const read = readAttributes(base.typeId, item.attributes ?? []);
  if (read.errors.some((e) => e.level === 'ERROR_LEVEL_ERROR')) {
    return { offerId, productId: card.productId, status: 'failed', errors: read.errors };
  }
  const title = read.attributes.find((a) => a.id === ATTR_TITLE)?.values[0]?.value;
  if (title !== undefined && title.length > 255) {
    return { offerId, productId: card.productId, status: 'failed', errors: [contentError('name_too_long', { field: 'name' })] };
  }
  const next: Content = { ...structuredClone(base), attributes: merged(base.attributes, read.attributes) };
  next.name = title ?? next.name;
  next.defaults = next.defaults.filter((id) => !read.attributes.some((a) => a.id === id));
  const touched = new Set(read.attributes.map((a) => facetOf(a.id)));
  const revalidates = read.attributes.some((a) => SAFE_ATTRIBUTES.has(a.id));
  return accept(market, card, next, [...touched], read.errors, revalidates, '/v1/product/attributes/update', work);
}

/** Replaces the whole set of pictures. */
export function writePictures(market: Market, item: PicturesItem, work: ItemWork): ItemResult {
  const offerId = item.offer_id ?? '';
  const card = market.cards.byOfferId(offerId);
  if (!card) return failed(offerId, 'offer_not_found');
  if (card.archived) return failed(offerId, 'PRODUCT_IS_ARCHIVED', card.productId);
  const set = readPictures(market, card, item, work.fetched);
  card.pictureErrors = set.failures;
  // Once the set was filled anew, an address lost before it is like any other that the card does not show.
  if (set.fresh) card.lostUrls = [];
  if (set.allFailed) {
    market.cards.save(card);
    return { offerId, productId: card.productId, status: 'failed', errors: set.errors };
  }
  const base = card.pending?.content ?? card.live;
  const next = { ...structuredClone(base), pictures: set.pictures, colorPicture: set.colorPicture ?? base.colorPicture };
  return accept(market, card, next, ['media'], set.errors, false, '/v2/product/pictures/import', work);
}

function accept(market: Market, card: Card, next: Content, touched: FacetName[], warnings: ItemResult['errors'], revalidates: boolean, method: string, work: ItemWork): ItemResult {
  const { offerId, productId } = card;
  const { task } = work;
  const base = card.pending?.content ?? card.live;
  const heals = revalidates && isHeldBack(card);
  const facets = contentWrites(card, next, touched);
  const same = JSON.stringify(withoutAddresses(base)) === JSON.stringify(withoutAddresses(next));
  const unchanged = same && !heals;
  if (!unchanged) {
    beforeChange(market, card);
    acceptContent(market, card, next, { taskId: task.id, taskSeconds: task.seconds, warnings, revalidates });
  }
  noteWrite(market, { key: task.key, method, taskId: task.id, offerId, fullCard: false, revalidates: heals, facets });
  return { offerId, productId, status: unchanged ? 'skipped' : 'imported', errors: warnings };
}

function facetOf(attributeId: number): FacetName {
  if (attributeId === ATTR_TITLE) return 'title';
  return attributeId === ATTR_DESCRIPTION ? 'description' : 'attributes';
}

function merged(existing: readonly Attribute[], written: readonly Attribute[]): Attribute[] {
  const byId = new Map(written.map((a) => [a.id, a]));
  const kept = existing.map((a) => {
    const change = byId.get(a.id);
    byId.delete(a.id);
    return change ?? a;
  });
  return [...kept, ...byId.values()];
}
