import { type Doc, readDocOrEmpty, readList, readText } from '#kernel';
import type { StatusCause, StatusValue } from '#channels/contract';
import { cardProblem } from './yandex-market.diagnostics.js';

/** A card that Market has something against: its state among the cards, and what it says. */
export interface Trouble {
  readonly cardStatus: string;
  readonly errors: readonly Doc[];
}

export interface StatusFacts {
  /** One item of `campaigns/{id}/offers`. */
  readonly offer: Doc;
  readonly priced: boolean;
  readonly quarantined: boolean;
  readonly trouble: Trouble | undefined;
}

type Cause = StatusValue['causes'][number];

/** What each state of an offer in a store says: why it is not sold, and where moderation stands. */
const STATES: Readonly<Record<string, { readonly cause?: StatusCause; readonly moderation: StatusValue['moderation'] }>> = {
  PUBLISHED: { moderation: 'approved' },
  NO_STOCKS: { cause: 'no-stock', moderation: 'approved' },
  DISABLED_BY_PARTNER: { cause: 'hidden', moderation: 'approved' },
  ARCHIVED: { cause: 'archived', moderation: 'none' },
  CHECKING: { cause: 'moderation-pending', moderation: 'pending' },
  CREATING_CARD: { cause: 'moderation-pending', moderation: 'pending' },
  NO_CARD: { cause: 'not-created', moderation: 'none' },
  REJECTED_BY_MARKET: { cause: 'moderation-declined', moderation: 'declined' },
  DISABLED_AUTOMATICALLY: { cause: 'blocked-by-error', moderation: 'approved' },
};

/** What a state among the cards adds. The card itself goes on as it was while a change of it is refused. */
const CARD_STATES: Readonly<Record<string, StatusCause>> = {
  HAS_CARD_CAN_UPDATE_ERRORS: 'update-stuck',
  NO_CARD_ERRORS: 'blocked-by-error',
  NO_CARD_NEED_CONTENT: 'not-created',
};
export const TROUBLED: readonly string[] = Object.keys(CARD_STATES);

/** Seen by buyers as they were before. */
const STILL_SOLD: ReadonlySet<StatusCause> = new Set(['price-quarantine', 'update-stuck']);

/** Whether a card can be bought in the store, and what keeps it from it. */
export function statusOf({ offer, priced, quarantined, trouble }: StatusFacts): StatusValue {
  const name = readText(offer['status']);
  const state = STATES[name];
  const causes: Cause[] = [];
  const add = (code: StatusCause, detail = '') => {
    if (!causes.some((cause) => cause.code === code)) causes.push(detail === '' ? { code } : { code, detail: detail.slice(0, 500) });
  };
  // Without a price it is off the shelf in any case: what else stands against it shows once it has one.
  const unpriced = name === 'DISABLED_AUTOMATICALLY' && !priced;
  if (state?.cause !== undefined && !unpriced) add(state.cause, state.cause === 'no-stock' || state.cause === 'archived' ? '' : wordsOf(offer) || name);
  const stuck = trouble === undefined ? undefined : CARD_STATES[trouble.cardStatus];
  if (trouble !== undefined && stuck !== undefined) add(stuck, trouble.errors.map(textOf).join('; ') || trouble.cardStatus);
  if (quarantined) add('price-quarantine');
  if (!priced) add('no-price');
  const definite = causes.some((cause) => !STILL_SOLD.has(cause.code));
  const told = name === 'PUBLISHED';
  if (!definite && !told) add('unknown', name === '' ? 'no status' : `status=${name}`);
  return {
    sellable: definite ? false : told ? true : null,
    moderation: stuck === undefined ? (state?.moderation ?? 'unknown') : 'declined',
    causes,
    refusals: (trouble?.errors ?? []).map((error) => cardProblem(readText(error['message']), readText(error['comment']))).filter((diagnostic) => diagnostic.path !== ''),
  };
}

function wordsOf(offer: Doc): string {
  return readList(offer['errors'], 'campaign offers.errors')
    .map((error) => textOf(readDocOrEmpty(error)))
    .filter((text) => text !== '')
    .join('; ');
}

function textOf(error: Doc): string {
  return [readText(error['message']), readText(error['comment'])].filter((text) => text !== '').join(': ');
}
