import { cardAnswer, stamp, trashedAnswer } from '../answers/card.js';
import { endpoint, flag, listOf, ok, shape, text, whole, type Endpoint } from '../endpoint.js';
import type { Card } from '../model.js';
import { spoiled } from '../pages.js';
import { contentProblem, malformed } from '../problem.js';
import { findSubject, directories } from '../subjects.js';

interface Filter {
  withPhoto?: number;
  textSearch?: string;
  tagIDs?: number[];
  objectIDs?: number[];
  brands?: string[];
  imtID?: number;
}

interface Asked {
  settings?: {
    sort?: { ascending?: boolean };
    filter?: Filter;
    cursor?: { limit?: number; updatedAt?: string | null; trashedAt?: string; nmID?: number };
  };
}

const cursor = { limit: { type: 'integer', minimum: 1, maximum: 100 }, nmID: whole, updatedAt: { type: ['string', 'null'] }, trashedAt: text };
const filter = {
  withPhoto: { enum: [-1, 0, 1, 2] },
  textSearch: text,
  tagIDs: listOf(whole, 1000),
  allowedCategoriesOnly: flag,
  objectIDs: listOf(whole, 1000),
  brands: listOf(text, 1000),
  imtID: whole,
};
const walkBody = shape({ settings: shape({ sort: shape({ ascending: flag }), filter: shape(filter), cursor: shape(cursor) }) });
const DEFAULT_LIMIT = 10;

/** The walks over cards, trash and failed drafts, and what is left of the limits. */
export const readingEndpoints: Endpoint[] = [
  endpoint<Asked>({ verb: 'POST', host: 'content-api', path: '/content/v2/get/cards/list', bucket: 'cards', body: walkBody }, ({ office, pageFault, key }, { settings = {} }) => {
    const { limit = DEFAULT_LIMIT, updatedAt, nmID } = settings.cursor ?? {};
    const after = updatedAt ? { moment: momentOf(updatedAt), nmID: nmID ?? 0 } : undefined;
    const page = take(office.cards.shown.cards.from(after, settings.sort?.ascending ?? false), limit, (card) => meets(card, settings.filter ?? {}));
    const last = page.at(-1);
    const seen = { updatedAt: last ? stamp(last.updatedAt) : (updatedAt ?? ''), nmID: last?.nmID ?? nmID ?? 0, total: page.length };
    return ok(office.pages.next(pageFault, `cards ${key}`, { cards: spoiled(pageFault, page).map((card) => cardAnswer(office, card)), cursor: seen }));
  }),

  endpoint<Asked>(
    { verb: 'POST', host: 'content-api', path: '/content/v2/get/cards/trash', bucket: 'content', body: walkBody },
    ({ office, pageFault, key }, { settings = {} }) => {
      const { limit = DEFAULT_LIMIT, trashedAt, nmID } = settings.cursor ?? {};
      const after = trashedAt ? { moment: momentOf(trashedAt), nmID: nmID ?? 0 } : undefined;
      const page = take(office.cards.shown.trash.from(after, settings.sort?.ascending ?? false), limit, (card) => meets(card, { textSearch: settings.filter?.textSearch }));
      const last = page.at(-1);
      const seen = { trashedAt: last ? stamp(last.trashedAt) : (trashedAt ?? ''), nmID: last?.nmID ?? nmID ?? 0, total: page.length };
      return ok(office.pages.next(pageFault, `trash ${key}`, { cards: spoiled(pageFault, page).map((card) => trashedAnswer(office, card)), cursor: seen }));
    },
  ),

  endpoint<{ cursor?: { limit?: number; updatedAt?: string; batchUUID?: string }; order?: { ascending?: boolean } }>(
    {
      ...{ verb: 'POST', host: 'content-api', path: '/content/v2/cards/error/list', bucket: 'drafts' },
      body: shape({ cursor: shape({ limit: { type: 'integer', minimum: 1, maximum: 100 }, updatedAt: text, batchUUID: text }), order: shape({ ascending: flag }) }),
    },
    ({ office }, { cursor: asked = {}, order }) => {
      const after = asked.updatedAt ? { updatedAt: momentOf(asked.updatedAt), batchUUID: asked.batchUUID ?? '' } : undefined;
      const { batches, more } = office.drafts.page(after, order?.ascending ?? false, asked.limit ?? 100);
      const items = batches.map(({ batchUUID, updatedAt, drafts }) => {
        const each = Object.entries(drafts);
        return {
          batchUUID,
          subjects: Object.fromEntries(each.map(([code, { subjectID }]) => [code, { id: subjectID, name: findSubject(subjectID)?.name ?? '' }])),
          brands: Object.fromEntries(each.map(([code, { brand }]) => [code, { id: directories.brands.indexOf(brand) + 1, name: brand }])),
          vendorCodes: each.map(([code]) => code),
          errors: Object.fromEntries(each.map(([code, { errors }]) => [code, errors])),
          updatedAt: stamp(updatedAt),
        };
      });
      const last = batches.at(-1);
      const seen = { next: more, updatedAt: last ? stamp(last.updatedAt) : (asked.updatedAt ?? ''), batchUUID: last?.batchUUID ?? asked.batchUUID ?? '' };
      return ok({ data: { items, cursor: seen }, error: false, errorText: '', additionalErrors: null });
    },
  ),

  endpoint({ verb: 'GET', host: 'content-api', path: '/content/v2/cards/limits', bucket: 'card-limits' }, ({ office }) => {
    const { free_limits: freeLimits, paid_limits: paidLimits } = office.cabinet.current;
    return ok({ data: { freeLimits, paidLimits }, error: false, errorText: '', additionalErrors: null });
  }),

  endpoint<{ count: number }>(
    { verb: 'POST', host: 'content-api', path: '/content/v2/barcodes', bucket: 'content', body: shape({ count: whole }, ['count']) },
    ({ office }, { count }) => {
      if (count < 1 || count > 5000) throw contentProblem(400, 'Invalid request format');
      return ok({ data: Array.from({ length: count }, () => office.cards.newBarcode()), error: false, errorText: '', additionalErrors: null });
    },
  ),
];

function take(cards: Iterable<Card>, limit: number, wanted: (card: Card) => boolean): Card[] {
  const page: Card[] = [];
  for (const card of cards) {
    if (page.length >= limit) break;
    if (wanted(card)) page.push(card);
  }
  return page;
}

function momentOf(text: string): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw malformed('content');
  return moment;
}

function meets(card: Card, { withPhoto = -1, textSearch = '', tagIDs = [], objectIDs = [], brands = [], imtID = 0 }: Filter): boolean {
  if (withPhoto === 1 && card.pictures.length === 0) return false;
  if (withPhoto === 2 && card.pictures.length > 0) return false;
  if (imtID > 0 && card.imtID !== imtID) return false;
  if (objectIDs.length > 0 && !objectIDs.includes(card.subjectID)) return false;
  if (brands.length > 0 && !brands.includes(card.brand)) return false;
  if (tagIDs.length > 0 && !tagIDs.some((id) => card.tags.includes(id))) return false;
  if (textSearch === '') return true;
  return card.vendorCode.includes(textSearch) || String(card.nmID) === textSearch || card.sizes.some((size) => size.skus.includes(textSearch));
}
