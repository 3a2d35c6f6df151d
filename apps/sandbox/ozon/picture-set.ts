import { contentError, warning } from './content-errors.js';
import type { Market } from './market.js';
import type { Card, CardError, Picture } from './model.js';
import type { Fetched } from '../pictures/picture-house.js';

export interface PictureSet {
  pictures: Picture[];
  colorPicture: Picture | null;
  errors: CardError[];
  failures: { url: string; message: string }[];
  /** At least one picture was downloaded for this write. */
  fresh: boolean;
  /** Nothing at all could be loaded although something was sent. */
  allFailed: boolean;
}

export interface PictureInput {
  images?: string[];
  primary_image?: string;
  color_image?: string;
}

/** The addresses a request names, the main picture first. */
export function listedUrls(input: PictureInput): string[] {
  const primary = input.primary_image ? [input.primary_image] : [];
  return [...primary, ...(input.images ?? []).filter((u) => u !== '' && u !== input.primary_image)];
}

/** Addresses that must be downloaded for a card: not hosted by us, and not known from an earlier write of this card. */
export function urlsToFetch(market: Market, card: Card | undefined, input: PictureInput): string[] {
  const urls = [...listedUrls(input), ...(input.color_image ? [input.color_image] : [])];
  return urls.filter((url) => market.pictures.cdnOf(url) === undefined && !isKnown(card, url));
}

function isKnown(card: Card | undefined, url: string): boolean {
  return card !== undefined && (known(card, url) !== undefined || card.lostUrls.includes(url));
}

function known(card: Card, url: string): Picture | undefined {
  const sets = card.pending ? [card.pending.content, card.live] : [card.live];
  for (const content of sets) {
    const found = [...content.pictures, ...(content.colorPicture ? [content.colorPicture] : [])].find((p) => p.source === url);
    if (found) return found;
  }
  return undefined;
}

/**
 * Turns addresses into hosted pictures. An address the card already knows is skipped and keeps whatever picture stands
 * for it now, even a wrong one, even none; only a fresh address brings fresh bytes.
 */
export function readPictures(market: Market, card: Card | undefined, input: PictureInput, fetched: ReadonlyMap<string, Fetched>): PictureSet {
  const failures: { url: string; message: string }[] = [];
  let fresh = false;
  const resolve = (url: string): Picture | null => {
    const cdn = market.pictures.cdnOf(url);
    if (cdn !== undefined) return ownPicture(market, card, cdn);
    const same = card ? known(card, url) : undefined;
    if (same) return same;
    const result = fetched.get(url);
    if (result && 'hash' in result) {
      fresh = true;
      return market.pictures.host(result.hash, url);
    }
    if (result) failures.push({ url, message: result.error });
    return null;
  };
  const urls = listedUrls(input);
  const pictures = urls.map(resolve).filter((p) => p !== null);
  const colorPicture = input.color_image ? resolve(input.color_image) : null;
  const allFailed = urls.length > 0 && pictures.length === 0 && failures.length > 0;
  const errors: CardError[] = [];
  if (allFailed) errors.push(contentError('all_image_failed', { field: 'images' }));
  else if (failures.length > 0) errors.push(warning('some_image_failed', { field: 'images' }));
  return { pictures, colorPicture, errors, failures, fresh, allFailed };
}

function ownPicture(market: Market, card: Card | undefined, cdn: string): Picture | null {
  const sets = card ? (card.pending ? [card.pending.content, card.live] : [card.live]) : [];
  for (const content of sets) {
    const kept = content.pictures.find((p) => p.cdn === cdn);
    if (kept) return kept;
  }
  const link = market.pictures.linkOf(cdn);
  return link ? market.pictures.host(link.hash, '', link.quality, link.half) : null;
}
