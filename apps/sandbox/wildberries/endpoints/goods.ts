import { endpoint, listOf, ok, queryNumber, shape, whole, type Answer, type Endpoint } from '../endpoint.js';
import { clubDiscounted, discounted, wire } from '../money.js';
import type { Card, Size } from '../model.js';
import type { Office } from '../office.js';
import { spoiled } from '../pages.js';
import { pricesProblem } from '../problem.js';

const HOST = { host: 'discounts-prices-api', bucket: 'prices' } as const;
const data = (value: unknown): Answer => ok({ data: value, error: false, errorText: '' });

/** Prices as they are: of all goods, of some, of the sizes of one. Goods in the trash are among them while they may still sell. */
export const goodsEndpoints: Endpoint[] = [
  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/list/goods/filter' }, ({ office, query, pageFault, key }) => {
    const limit = queryNumber(query['limit'], undefined, 1, 1000);
    const offset = queryNumber(query['offset'], 0, 0, Number.MAX_SAFE_INTEGER);
    const only = queryNumber(query['filterNmID'], 0, 1, Number.MAX_SAFE_INTEGER);
    if (limit === undefined || offset === undefined || only === undefined) throw pricesProblem(400, 'Invalid request parameters');
    const cards = only > 0 ? some(office, [only]) : office.cards.page(offset, limit).flatMap(({ nmID }) => seen(office, nmID));
    return data(office.pages.next(pageFault, `goods ${key}`, { listGoods: spoiled(pageFault, cards).map((card) => goods(office, card)) }));
  }),

  endpoint<{ nmList: number[] }>(
    { ...HOST, verb: 'POST', path: '/api/v2/list/goods/filter', body: shape({ nmList: listOf(whole, 1000, 1) }, ['nmList']) },
    ({ office }, { nmList }) => data({ listGoods: some(office, nmList).map((card) => goods(office, card)) }),
  ),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v2/list/goods/size/nm' }, ({ office, query }) => {
    const limit = queryNumber(query['limit'], undefined, 1, 1000);
    const offset = queryNumber(query['offset'], 0, 0, Number.MAX_SAFE_INTEGER);
    const nmID = queryNumber(query['nmID'], undefined, 1, Number.MAX_SAFE_INTEGER);
    if (limit === undefined || offset === undefined || nmID === undefined) throw pricesProblem(400, 'Invalid request parameters');
    const listGoods = some(office, [nmID]).flatMap((card) => card.sizes.slice(offset, offset + limit).map((size) => ({ ...head(office, card), ...priceOf(card, size) })));
    return data({ listGoods });
  }),
];

const some = (office: Office, nmIDs: readonly number[]): Card[] => [...new Set(nmIDs)].flatMap((nmID) => seen(office, nmID));

function seen(office: Office, nmID: number): Card[] {
  const card = office.cards.shown.see(nmID);
  return card && !card.removed ? [card] : [];
}

function head(office: Office, card: Card): object {
  return {
    nmID: card.nmID,
    vendorCode: card.vendorCode,
    currencyIsoCode4217: office.cabinet.current.currency,
    discount: card.discount,
    clubDiscount: card.clubDiscount,
    editableSizePrice: card.editableSizePrice,
    ...(card.forcedSale ? { isBadTurnover: true } : {}),
  };
}

const goods = (office: Office, card: Card): object => ({ ...head(office, card), sizes: card.sizes.map((size) => priceOf(card, size)), wholesaleDiscountThreshold: [] });

function priceOf({ discount, clubDiscount }: Card, { chrtID, techSize, price }: Size): object {
  return {
    sizeID: chrtID,
    price,
    discountedPrice: wire(discounted(price, discount)),
    clubDiscountedPrice: wire(clubDiscounted(price, discount, clubDiscount)),
    techSizeName: techSize,
  };
}
