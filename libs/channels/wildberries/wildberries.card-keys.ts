import { line } from '#kernel';
import type { ListedVariant, ProductSnapshot } from '#channels/contract';
import { attributeText, isSizeName, sizeNames } from './wildberries.sizes.js';

/*
 * What is sold is a size, so a listing is a size. Its key is the card's article while the card has one size, and the article with the
 * name of the size where there are several.
 */

/** Between article and size. Articles hold slashes, colons and hyphens, hardly ever this. */
const MARK = ' · ';

export function sizeKey(article: string, size: string): string {
  return `${article}${MARK}${size}`;
}

/** The article of the card that a listing's key leads to. */
export function articleOf(key: string): string {
  const at = key.lastIndexOf(MARK);
  return at <= 0 ? key : key.slice(0, at);
}

/** The size that a key names; undefined for a key that is an article alone. */
export function sizeOfKey(key: string): string | undefined {
  const at = key.lastIndexOf(MARK);
  return at <= 0 ? undefined : key.slice(at + MARK.length);
}

export interface SizeName {
  readonly id: string;
  readonly name: string;
}

export interface CardKeys {
  readonly key: string;
  /** Other keys by which a listing may know this size. */
  readonly also: readonly string[];
}

/**
 * The keys of a card's sizes, in their order. A size never goes away and new ones come after it, so the size with the lowest id was
 * its card's only one once, and the article alone may still lead to it.
 */
export function keysOfSizes(article: string, sizes: readonly SizeName[]): readonly CardKeys[] {
  const [only] = sizes;
  if (only === undefined) return [{ key: article, also: [] }];
  if (sizes.length === 1) return [{ key: article, also: isNamed(only) ? [sizeKey(article, only.name)] : [] }];
  const first = sizes.reduce((low, size) => (Number(size.id) < Number(low.id) ? size : low));
  const names = new Set<string>();
  return sizes.map((size) => {
    // Two sizes of one name would be one listing.
    const name = names.has(size.name) ? `${size.name} ${size.id}` : size.name;
    names.add(name);
    return { key: sizeKey(article, name), also: size === first ? [article] : [] };
  });
}

/** Goods without sizes have one all the same, called "0". */
function isNamed({ name }: SizeName): boolean {
  return name !== '' && name !== '0';
}

/**
 * The key of a product's listing. Products of one model that differ by size are sizes of one card: the one that has them already, else
 * one whose article is the model's code, followed by what else they differ by (a colour has a card of its own). Any other product is a
 * card under its own article.
 */
export function keyOf(product: ProductSnapshot, listed: readonly ListedVariant[] = []): string {
  const own = ownKey(product);
  const size = sizeOfKey(own);
  if (own === product.sku || size === undefined) return own;
  // A size that is a card under its own SKU is no home for the others.
  const shared = listed.find((other) => other.key !== other.product.sku && articleOf(ownKey(other.product)) === articleOf(own));
  return shared === undefined ? own : sizeKey(articleOf(shared.key), size);
}

function ownKey(product: ProductSnapshot): string {
  const { techSize } = sizeNames(product);
  const { model, sku } = product;
  if (model === undefined || techSize === undefined || !model.axes.some(isSizeName)) return sku;
  const others = model.axes.filter((axis) => !isSizeName(axis)).map((axis) => line(attributeText(product.attributes[axis])));
  return sizeKey([model.code, ...others.filter((text) => text !== '')].join('/'), techSize);
}
