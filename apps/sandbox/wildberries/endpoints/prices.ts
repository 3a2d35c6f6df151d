import { digest } from '../../digest.js';
import { endpoint, ok, queryNumber, shape, type Answer, type Call, type Endpoint } from '../endpoint.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { pricesProblem } from '../problem.js';
import type { PriceItem, Upload } from '../uploads.js';

const HOST = { host: 'discounts-prices-api', bucket: 'prices' } as const;
const MOST_ITEMS = 1000;
const MOST_PRICE = 1_000_000_000;
const data = (value: unknown): Answer => ok({ data: value, error: false, errorText: '' });
/** What is wrong with a value has words of its own, so shapes ask for little. */
const bodyOf = (required: string[]): object => shape({ data: { type: 'array', items: { type: 'object', required } } }, ['data']);

/** Uploads of prices, what became of them, and prices held back. What waits for a promotion would be in the buffer. */
export const priceEndpoints: Endpoint[] = [
  endpoint<{ data: PriceItem[] }>({ ...HOST, verb: 'POST', path: '/api/v2/upload/task', writes: true, body: bodyOf(['nmID']) }, (call, body) => {
    const items = body.data.map(({ nmID, price, discount }) => ({ nmID, price: price ?? undefined, discount: discount ?? undefined }));
    return upload(
      call,
      items,
      ({ nmID }) => String(nmID),
      (card, { price, discount }) => {
        return (price === undefined || card.sizes.every((size) => size.price === price)) && (discount ?? card.discount) === card.discount;
      },
    );
  }),

  endpoint<{ data: PriceItem[] }>({ ...HOST, verb: 'POST', path: '/api/v2/upload/task/size', writes: true, body: bodyOf(['nmID', 'sizeID', 'price']) }, (call, body) => {
    const items = body.data.map(({ nmID, sizeID, price }) => ({ nmID, sizeID, price }));
    return upload(
      call,
      items,
      ({ nmID, sizeID }) => `${nmID}/${sizeID}`,
      (card, item) => card.sizes.some((size) => size.chrtID === item.sizeID && size.price === item.price),
    );
  }),

  endpoint<{ data: PriceItem[] }>({ ...HOST, verb: 'POST', path: '/api/v2/upload/task/club-discount', writes: true, body: bodyOf(['nmID', 'clubDiscount']) }, (call, body) => {
    const items = body.data.map(({ nmID, clubDiscount }) => ({ nmID, clubDiscount }));
    return upload(
      call,
      items,
      ({ nmID }) => String(nmID),
      (card, item) => card.clubDiscount === item.clubDiscount,
    );
  }),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/history/tasks' }, ({ office, query }) => {
    const found = asked(office, query);
    return data(found?.status ? state(office, found) : null);
  }),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/history/goods/task' }, ({ office, query }) => {
    const found = asked(office, query);
    const { limit, offset } = bounds(query);
    return ok({
      data: {
        uploadID: found?.status ? found.uploadID : null,
        historyGoods: (found?.outcomes ?? []).slice(offset, offset + limit).map((one) => ({ ...one, currencyIsoCode4217: office.cabinet.current.currency })),
      },
    });
  }),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/buffer/tasks' }, ({ office, query }) => {
    asked(office, query);
    return data(null);
  }),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/buffer/goods/task' }, ({ office, query }) => {
    asked(office, query);
    bounds(query);
    return data({ uploadID: null, bufferGoods: [] });
  }),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/quarantine/goods' }, ({ office, query }) => {
    const { limit, offset } = bounds(query);
    const held = [...office.cards.all()].filter((card) => card.quarantine !== null).slice(offset, offset + limit);
    return data({ quarantineGoods: held.map((card) => heldBack(office, card)) });
  }),
];

function upload({ office, key, method }: Call, items: PriceItem[], nameOf: (item: PriceItem) => string, isSet: (card: Card, item: PriceItem) => boolean): Answer {
  if (office.cabinet.current.currency_switching) throw pricesProblem(409, "You can't change prices and discounts while switching to another currency");
  check(items, nameOf);
  const known = items.map((item) => ({ item, card: office.cards.byNmId(item.nmID) }));
  // Held back prices are not set: asking for the present ones again ends the quarantine.
  const set = known.filter(({ item, card }) => card !== undefined && card.quarantine === null && isSet(card, item)).length;
  const unknown = known.filter(({ card }) => card === undefined).length;
  if (set === items.length) throw pricesProblem(400, 'The specified prices and discounts are already set');
  if (set + unknown === items.length) throw pricesProblem(400, 'All item Nos. are specified incorrectly, or the specified prices and discounts are already set');
  const fingerprint = digest(JSON.stringify([method, items]));
  const waiting = office.uploads.waiting(fingerprint);
  if (waiting) return { status: 208, body: { data: { id: waiting.uploadID, alreadyExists: true }, error: false, errorText: 'This task already exists' } };
  const uploadID = office.tasks.nextId();
  office.uploads.save({ uploadID, fingerprint, items, uploadedAt: office.clock.now(), status: 0, outcomes: [] });
  office.tasks.add({ key, method, within: office.cabinet.current.price_seconds, work: { kind: 'price', uploadID } });
  return data({ id: uploadID, alreadyExists: false });
}

function check(items: readonly PriceItem[], nameOf: (item: PriceItem) => string): void {
  if (items.length === 0) throw pricesProblem(400, 'Empty data');
  if (items.length > MOST_ITEMS) throw pricesProblem(400, 'Upload limit exceeded: You can upload a maximum of 1 000 items');
  if (new Set(items.map(nameOf)).size !== items.length) throw pricesProblem(400, 'Duplicate item Nos.');
  for (const { nmID, price, discount, clubDiscount } of items) {
    if (!Number.isInteger(nmID) || nmID <= 0) throw pricesProblem(400, 'Invalid item No.');
    if (price === undefined && discount === undefined && clubDiscount === undefined) throw pricesProblem(400, 'Price and discount not specified');
    if (price !== undefined && !Number.isInteger(price)) throw pricesProblem(400, 'Price should be a whole number');
    if (price !== undefined && (price <= 0 || price > MOST_PRICE)) throw pricesProblem(400, 'Invalid price value');
    for (const percent of [discount, clubDiscount]) {
      if (percent !== undefined && (!Number.isInteger(percent) || percent < 0 || percent > 99)) throw pricesProblem(400, 'Invalid discount value');
    }
  }
}

/** The upload a query names; undefined when there is no such one. */
function asked(office: Office, query: Readonly<Record<string, string>>): Upload | undefined {
  const uploadID = queryNumber(query['uploadID'], undefined, 1, Number.MAX_SAFE_INTEGER);
  if (uploadID === undefined) throw pricesProblem(400, 'Invalid request parameters');
  return office.uploads.get(uploadID);
}

function bounds(query: Readonly<Record<string, string>>): { limit: number; offset: number } {
  const limit = queryNumber(query['limit'], undefined, 1, 1000);
  const offset = queryNumber(query['offset'], 0, 0, Number.MAX_SAFE_INTEGER);
  if (limit === undefined || offset === undefined) throw pricesProblem(400, 'Invalid request parameters');
  return { limit, offset };
}

function state(office: Office, { uploadID, status, uploadedAt, outcomes }: Upload): object {
  const at = new Date(uploadedAt).toISOString();
  return { uploadID, status, uploadDate: at, activationDate: at, overAllGoodsNumber: outcomes.length, successGoodsNumber: outcomes.filter((one) => one.status === 2).length };
}

function heldBack(office: Office, card: Card): object {
  const oldPrice = card.sizes[0]?.price ?? 0;
  const { price: newPrice, discount: newDiscount } = card.quarantine ?? { price: oldPrice, discount: card.discount };
  const priceDiff = (newPrice * (100 - newDiscount) - oldPrice * (100 - card.discount)) / 100;
  return {
    nmID: card.nmID,
    sizeID: null,
    techSizeName: '',
    currencyIsoCode4217: office.cabinet.current.currency,
    newPrice,
    oldPrice,
    newDiscount,
    oldDiscount: card.discount,
    priceDiff,
  };
}
