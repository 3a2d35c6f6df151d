import type { Market } from './market.js';
import type { Card } from './model.js';
import { badRequest } from './problem.js';
import { visibilityRule } from './visibility.js';

/** A fault that a list answer was told to show. */
export type PageFault = 'truncated_page' | 'duplicate_page' | undefined;

export interface PageQuery {
  visibility?: string;
  offerIds?: readonly string[];
  productIds?: readonly (string | number)[];
  skus?: readonly (string | number)[];
  cursor: string;
  limit: number;
}

export interface Page {
  cards: Card[];
  /** Where the next page starts; empty when this one was short. */
  next: string;
  /** Where the next page would start, also after the last one. */
  after: string;
  total: number;
}

/** Cards in the order of their ids, from a cursor on; a page costs what it shows, not what the catalog holds. */
export function readPage(market: Market, query: PageQuery, fault: PageFault): Page {
  const named = namedCards(market, query);
  if (named) return { cards: named.slice(0, query.limit), next: '', after: '', total: named.length };
  const name = query.visibility || 'ALL';
  const rule = visibilityRule(name);
  if (!rule) throw badRequest(`invalid value for enum field visibility: "${name}"`);
  let from = readCursor(query.cursor);
  if (fault === 'duplicate_page' && from > 0) from = stepBack(market, from, query.limit, rule);
  const cards: Card[] = [];
  const now = market.clock.now();
  for (let i = market.cards.positionAfter(from); i < market.cards.positions && cards.length < query.limit; i++) {
    const stored = market.cards.at(i);
    const card = stored && !stored.removed ? market.cards.visible(stored, now) : undefined;
    if (card && rule(card)) cards.push(card);
  }
  const after = cards.length > 0 ? writeCursor(cards.at(-1)?.productId ?? from) : query.cursor;
  if (fault === 'truncated_page') {
    const half = cards.slice(0, Math.floor(cards.length / 2));
    return { cards: half, next: '', after: '', total: half.length };
  }
  const total = name === 'ALL' ? market.cards.listed : name === 'ARCHIVED' ? market.cards.archived : count(market, rule);
  return { cards, next: cards.length === query.limit ? after : '', after, total };
}

function namedCards(market: Market, query: PageQuery): Card[] | undefined {
  const { cards } = market;
  const found: (Card | undefined)[] = [];
  if (query.offerIds?.length) found.push(...query.offerIds.map((id) => cards.byOfferId(id)));
  else if (query.productIds?.length) found.push(...query.productIds.map((id) => cards.byProductId(Number(id))));
  else if (query.skus?.length) found.push(...query.skus.map((id) => cards.bySkuId(Number(id))));
  else return undefined;
  const now = market.clock.now();
  const seen = found.flatMap((card) => (card ? [cards.visible(card, now)] : []));
  return [...new Set(seen.filter((card) => card !== undefined))];
}

function stepBack(market: Market, from: number, limit: number, rule: (card: Card) => boolean): number {
  let seen = 0;
  for (let i = market.cards.positionAfter(from) - 1; i >= 0; i--) {
    const card = market.cards.at(i);
    if (!card || card.removed || !rule(card)) continue;
    if (seen === limit) return card.productId;
    seen++;
  }
  return 0;
}

function count(market: Market, rule: (card: Card) => boolean): number {
  let n = 0;
  for (const card of market.cards.all()) if (rule(card)) n++;
  return n;
}

export function writeCursor(productId: number): string {
  return Buffer.from(`p${productId}`).toString('base64');
}

export function readCursor(cursor: string): number {
  if (cursor === '') return 0;
  const match = /^p(\d{1,15})$/.exec(Buffer.from(cursor, 'base64').toString('latin1'));
  if (!match) throw badRequest('invalid last_id');
  return Number(match[1]);
}

const COMMA = Buffer.from(',');

/** An answer made of already serialised cards. */
export function joinAnswer(head: string, parts: readonly Buffer[], tail: string): Buffer {
  const pieces: Buffer[] = [Buffer.from(head)];
  parts.forEach((part, i) => {
    if (i > 0) pieces.push(COMMA);
    pieces.push(part);
  });
  pieces.push(Buffer.from(tail));
  return Buffer.concat(pieces);
}
