import type { StatusCause, StatusValue } from '#channels/contract';
import { reported } from './wildberries.diagnostics.js';
import type { Reports } from './wildberries.reports.js';

export interface StatusFacts {
  readonly article: string;
  readonly externalId: string;
  /** Minor units; 0 where there is no price. */
  readonly price: number;
  /** Pieces in all the seller's working FBS warehouses: a buyer takes from any of them. undefined when the account has none. */
  readonly stock: number | undefined;
  /** When this card was last sent by us (account clock, ms): what failed before that is over. */
  readonly sentAt: number;
}

type Cause = StatusValue['causes'][number];

/**
 * No method tells whether a card passed moderation or can be bought, so both are inferred, and `detail` says from what.
 * See docs/channels/wildberries.md, "Status".
 */
export function statusOf(facts: StatusFacts, reports: Reports): StatusValue {
  const causes: Cause[] = [];
  const add = (code: StatusCause, detail = '') => causes.push(detail === '' ? { code } : { code, detail });
  const blocked = reports.blocked?.get(facts.externalId);
  const draft = reports.drafts?.get(facts.article);
  const failed = draft !== undefined && draft.at >= facts.sentAt ? draft.errors : [];

  if (reports.shadowed?.has(facts.externalId)) add('hidden', 'item-rating: isShadowed');
  if (reports.quarantined?.has(facts.externalId)) add('price-quarantine');
  if (failed.length > 0) add('update-stuck', failed.join('; ').slice(0, 500));
  if (blocked !== undefined) add('blocked-by-error', blocked === '' ? 'banned-products/blocked' : blocked);
  if (facts.price <= 0) add('no-price');
  if (facts.stock === 0) add('no-stock');

  // A card in quarantine, or with a stuck update, goes on selling as it was.
  const definite = causes.some((cause) => !STILL_SOLD.has(cause.code));
  const unread = Object.entries(LISTS).flatMap(([name, list]) => (reports[name as keyof Reports] === undefined ? [list] : []));
  if (!definite && unread.length > 0) add('unknown', `not readable: ${unread.join(', ')}`);
  return {
    sellable: definite ? false : unread.length > 0 ? null : true,
    moderation: blocked === undefined ? 'unknown' : 'declined',
    causes,
    refusals: failed.map((message) => reported(message)).filter((diagnostic) => diagnostic.path !== ''),
  };
}

/** What each list is called in the API. */
const LISTS: Readonly<Record<keyof Reports, string>> = {
  quarantined: 'quarantine/goods',
  drafts: 'cards/error/list',
  blocked: 'banned-products/blocked',
  shadowed: 'item-rating',
};

const STILL_SOLD: ReadonlySet<StatusCause> = new Set(['price-quarantine', 'update-stuck']);
