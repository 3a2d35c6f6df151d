import { done, endpoint, flag, listOf, ok, shape, text, whole, type Endpoint } from '../endpoint.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { spoiled } from '../pages.js';
import { analyticsProblem } from '../problem.js';
import { findSubject } from '../subjects.js';

const HOST = 'seller-analytics-api';
const MOST_FILTERED = 50;
const DAY = 86_400_000;
const FARTHEST_DAYS = 365;

interface RatingAsked {
  currentPeriod: { start: string; end: string };
  nmIds?: number[];
  subjectIds?: number[];
  brandNames?: string[];
  onlyShadowedNms?: boolean;
  limit?: number;
  offset: number;
}

const FIELDS = ['feedbackRating', 'feedbackCount', 'fiveStar', 'fourStar', 'threeStar', 'twoStar', 'oneStar', 'disqualified'];
const period = shape({ start: text, end: text }, ['start', 'end']);
const ratingBody = shape(
  {
    currentPeriod: period,
    pastPeriod: period,
    nmIds: listOf(whole, MOST_FILTERED),
    subjectIds: listOf(whole, MOST_FILTERED),
    brandNames: listOf(text, MOST_FILTERED),
    tagIds: listOf(whole, MOST_FILTERED),
    onlyShadowedNms: flag,
    isNotIncludeNmsWithoutSales: flag,
    orderBy: shape({ field: { enum: FIELDS }, mode: { enum: ['asc', 'desc'] } }, ['field', 'mode']),
    limit: { type: 'integer', minimum: 1, maximum: 1000 },
    offset: { type: 'integer', minimum: 0 },
  },
  ['currentPeriod', 'orderBy', 'offset'],
);

/** Reports that tell which cards are hidden or blocked, and how many pieces lie in the seller's warehouses. */
export const analyticsEndpoints: Endpoint[] = [
  endpoint<RatingAsked>(
    { verb: 'POST', host: HOST, path: '/api/analytics/v2/item-rating', bucket: 'rating', types: ['personal', 'service'], body: ratingBody },
    ({ office, pageFault }, { currentPeriod, nmIds = [], subjectIds = [], brandNames = [], onlyShadowedNms = false, limit = 1000, offset }) => {
      requirePeriod(office, currentPeriod);
      const wanted = (card: Card): boolean =>
        (!onlyShadowedNms || card.shadowed) &&
        (nmIds.length === 0 || nmIds.includes(card.nmID)) &&
        (subjectIds.length === 0 || subjectIds.includes(card.subjectID)) &&
        (brandNames.length === 0 || brandNames.includes(card.brand));
      const found = listed(office).filter(wanted);
      const items = spoiled(pageFault, found.slice(offset, offset + limit)).map(ratingOf);
      const none = { current: 0, total: 0, dynamics: 0 };
      const feedbackIncrease = { ...none, fiveStar: none, fourStar: none, threeStar: none, twoStar: none, oneStar: none };
      return ok({ data: { sellerRating: { current: 4.8, dynamics: 0 }, feedbackIncrease, items } });
    },
  ),

  endpoint({ verb: 'GET', host: HOST, path: '/api/v1/analytics/banned-products/blocked', bucket: 'blocked' }, ({ office, query }) => {
    const { sort, order } = query;
    if (sort === undefined || !['brand', 'nmId', 'title', 'vendorCode', 'reason'].includes(sort)) throw analyticsProblem(400, 'Bad request', 'missing sort');
    if (order !== 'asc' && order !== 'desc') throw analyticsProblem(400, 'Bad request', 'missing order');
    const report = listed(office)
      .filter((card) => card.blocked !== '')
      .map(({ brand, nmID: nmId, title, vendorCode, blocked: reason }) => ({ brand, nmId, title, vendorCode, reason }));
    const field = sort as keyof (typeof report)[number];
    const sign = order === 'asc' ? 1 : -1;
    return ok({ report: report.sort((a, b) => sign * (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0)) });
  }),

  endpoint<{ nmIds?: number[]; chrtIds?: number[]; limit?: number; offset?: number }>(
    {
      ...{ verb: 'POST', host: HOST, path: '/api/analytics/v1/stocks-report/seller-warehouses', bucket: 'stock-report', types: ['personal', 'service'] },
      body: shape({ nmIds: listOf(whole, 1000), chrtIds: listOf(whole, 1000), limit: { type: 'integer', minimum: 1, maximum: 250_000 }, offset: { type: 'integer', minimum: 0 } }),
    },
    ({ office }, { nmIds = [], chrtIds = [], limit = 250_000, offset = 0 }) => {
      const items = listed(office)
        .filter((card) => nmIds.length === 0 || nmIds.includes(card.nmID))
        .flatMap((card) => piecesOf(office, card))
        .filter((row) => chrtIds.length === 0 || chrtIds.includes(row.chrtId))
        .slice(offset, offset + limit);
      return items.length > 0 ? ok({ data: { items } }) : done;
    },
  ),
];

const listed = (office: Office): Card[] => [...office.cards.all()].filter((card) => card.trashedAt === 0);

function requirePeriod(office: Office, { start, end }: { start: string; end: string }): void {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) throw analyticsProblem(400, 'Invalid request body', 'currentPeriod: invalid dates');
  if (from < office.clock.now() - (FARTHEST_DAYS + 1) * DAY) throw analyticsProblem(400, 'Invalid request body', 'currentPeriod: start is too early');
}

/** Nobody leaves feedback here: all counts are zero, and what counts is whether the card is hidden. */
function ratingOf(card: Card): object {
  const none = { current: 0, dynamics: 0 };
  return {
    nmId: card.nmID,
    title: card.title,
    vendorCode: card.vendorCode,
    subjectId: card.subjectID,
    subjectName: findSubject(card.subjectID)?.name ?? '',
    brandName: card.brand,
    tagId: card.tags[0] ?? 0,
    tagName: '',
    pinnedFeedback: false,
    rating: 0,
    feedbackRating: { ...none, percentile: null },
    feedbackCount: none,
    ...{ fiveStar: none, fourStar: none, threeStar: none, twoStar: none, oneStar: none },
    disqualified: 0,
    isShadowed: card.shadowed,
  };
}

function piecesOf(office: Office, card: Card) {
  return Object.entries(card.stocks).flatMap(([warehouse, sizes]) =>
    Object.entries(sizes).map(([chrt, quantity]) => ({
      nmId: card.nmID,
      chrtId: Number(chrt),
      warehouseId: Number(warehouse),
      warehouseName: office.cabinet.warehouse(Number(warehouse))?.name ?? '',
      regionName: 'Центральный',
      quantity,
    })),
  );
}
