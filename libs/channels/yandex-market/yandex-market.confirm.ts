import { type Diagnostic, type Doc, readDoc, readDocOrEmpty, readKey, readList, readNumber, readText } from '#kernel';
import type { Confirmation, Receipt, Run } from '#channels/contract';
import { cardProblem } from './yandex-market.diagnostics.js';
import { mappingOf, uploadsOf } from './yandex-market.observe.js';
import { RECHECK_MS } from './yandex-market.offers.js';
import { readNamed } from './yandex-market.paging.js';
import { CARDS_PAGE, type Reading } from './yandex-market.sweep.js';

/** Until then a state may still be that of before. */
const FIRST_LOOK_MS = 60_000;
/** Changes show "within several minutes": where a question is about more cards than these, it is not asked before they are over. */
const FEW = 20;
const MAPPINGS = 100;

/** Changes of content name no task: the receipt says when the change was sent (account clock, ms), and whether pictures went along. */
export function contentReceipt(now: number, pictures: boolean): string {
  return `${pictures ? 'pictures' : 'content'}:${now}`;
}

/**
 * Where changes of content stand, by the state of each card; answers in the order of `receipts`. A question about a few cards costs as
 * much as one about many: of a few it is asked early, for their sake, of many once, when the answer is most likely final.
 */
export async function confirm(reading: Reading, receipts: readonly Receipt[], run: Run): Promise<readonly Confirmation[]> {
  const now = reading.client.ports.clock.now();
  const young = receipts.filter((one) => now - sentAt(one) >= FIRST_LOOK_MS);
  const due = young.length <= FEW ? young : young.filter((one) => now - sentAt(one) >= RECHECK_MS);
  if (due.length === 0) return receipts.map(() => ({ kind: 'running' }));
  const ids = await reading.offers.ids(run);
  const keys = [...new Set(due.map((one) => one.key))];
  const cards = await readNamed(reading.client, 'cards', { list: 'offerCards', ids, most: CARDS_PAGE, more: { withRecommendations: true } }, keys, run);
  const pictured = [...new Set(due.filter((one) => one.receipt.startsWith('pictures:')).map((one) => one.key))];
  const offers = await readNamed(reading.client, 'mappings', { list: 'offerMappings', ids, most: MAPPINGS }, pictured, run);
  const card = new Map(cards.items.map((value) => [readKey(readDoc(value, 'offer cards')['offerId'], 'offer cards.offerId'), readDoc(value, 'offer cards')]));
  const uploads = new Map(offers.items.map((value) => [mappingOf(value).key, uploadsOf(mappingOf(value).offer)]));
  const asked = new Set(due);
  return receipts.map((one): Confirmation => (asked.has(one) ? verdict(card.get(one.key), uploads.get(one.key), now - sentAt(one) < RECHECK_MS) : { kind: 'running' }));
}

function sentAt(receipt: Receipt): number {
  const at = Number(receipt.receipt.split(':')[1]);
  return Number.isFinite(at) ? at : 0;
}

/** `early`: complaints may still be about what stood there before. */
function verdict(card: Doc | undefined, uploads: ReturnType<typeof uploadsOf> | undefined, early: boolean): Confirmation {
  if (card === undefined) return early ? { kind: 'running' } : { kind: 'lost', why: 'Market shows no such card' };
  const status = readText(card['cardStatus']);
  if (status.endsWith('_PROCESSING') || uploads?.running === true) return { kind: 'running' };
  const errors = readList(card['errors'], 'offer cards.errors').map((value) => problemOf(value));
  if (status.endsWith('_ERRORS'))
    return early ? { kind: 'running' } : { kind: 'refused', diagnostics: errors.length > 0 ? errors : [problemOf({ message: status })], answer: card };
  const lost: readonly Diagnostic[] =
    uploads === undefined || uploads.failed === 0 ? [] : [{ severity: 'warning', path: 'media', code: 'yandex-market.pictures-not-fetched', params: { failed: uploads.failed } }];
  return { kind: 'done', diagnostics: [...lost, ...recommendationsOf(card)], refusals: [], answer: card };
}

function problemOf(value: unknown): Diagnostic {
  const doc = readDocOrEmpty(value);
  return cardProblem(readText(doc['message']), readText(doc['comment']));
}

/** What a kind of recommendation is about. */
const RECOMMENDED: Readonly<Record<string, string>> = {
  RECOGNIZED_VENDOR: 'attributes.vendor',
  PICTURE_COUNT: 'media',
  FIRST_PICTURE_SIZE: 'media',
  AVERAGE_PICTURE_SIZE: 'media',
  TITLE_LENGTH: 'title',
  DESCRIPTION_LENGTH: 'description',
  MAIN: 'attributes',
  ADDITIONAL: 'attributes',
  DISTINCTIVE: 'attributes',
};

/** What Market would have better in a card, where a facet can help. */
function recommendationsOf(card: Doc): readonly Diagnostic[] {
  return readList(card['recommendations'], 'offer cards.recommendations').flatMap((value) => {
    const doc = readDoc(value, 'offer cards.recommendations');
    const kind = readText(doc['type']);
    const path = RECOMMENDED[kind];
    if (path === undefined) return [];
    const params = {
      kind,
      percent: readNumber(doc['percent'], 'recommendations.percent'),
      points: readNumber(doc['remainingRatingPoints'], 'recommendations.remainingRatingPoints'),
    };
    return [{ severity: 'warning', path, code: 'yandex-market.recommendation', params }];
  });
}
