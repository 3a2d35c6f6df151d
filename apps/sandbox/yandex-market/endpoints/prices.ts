import { stamp } from '../clock-text.js';
import { CURRENCY } from '../cabinet.js';
import { endpoint, ok, type Call, type Endpoint } from '../endpoint.js';
import { perMinute } from '../limits.js';
import type { Card } from '../model.js';
import { wire } from '../money.js';
import { listed } from '../offer-filter.js';
import { checkPrice } from '../price-input.js';
import { badRequest, locked } from '../problem.js';
import { filterOf, flag, listOf, offerId, positive, shape, text, whole } from '../shapes.js';
import type { PriceInput } from '../work.js';

const BUSINESS = '/v2/businesses/{businessId}/offer-prices';
const CAMPAIGN = '/v2/campaigns/{campaignId}/offer-prices';
const READ = { areas: ['pricing'] } as const;
const WRITE = { ...READ, writes: true } as const;
const PAGE = { usual: 250, most: 500, over: 'cut' } as const;

interface PricedOffer {
  offerId?: string;
  price?: Partial<PriceInput>;
}

/** Prices of all stores, and of one where stores may have their own. */
export const priceEndpoints: Endpoint[] = [
  endpoint<{ offers: { offerId: string; price: PriceInput }[] }>(
    {
      ...{ verb: 'POST', path: `${BUSINESS}/updates`, need: WRITE, limit: perMinute('offer-prices/updates', 10_000) },
      units: ({ offers }) => offers.length,
      bodyNeeded: true,
      body: shape(
        {
          offers: listOf(
            shape(
              {
                offerId,
                price: shape({ value: positive, currencyId: text, discountBase: positive, minimumForBestseller: { ...positive, maximum: 100_000_000 } }, ['value', 'currencyId']),
              },
              ['offerId', 'price'],
            ),
            500,
          ),
        },
        ['offers'],
      ),
    },
    ({ office, key, method }, { offers }) => {
      const prices = checked(offers);
      office.tasks.add({ key, method, within: office.cabinet.current.price_seconds, work: { kind: 'prices', prices: prices as { offerId: string; price: PriceInput }[] } });
      return ok();
    },
  ),

  endpoint<{ offerIds?: string[] | null; archived?: boolean } | undefined>(
    {
      ...{ verb: 'POST', path: BUSINESS, need: READ, limit: perMinute('offer-prices', 5000, 10_000), units: 'returned' },
      body: shape({ offerIds: filterOf(offerId, 200), archived: flag }),
    },
    (call, filter) => {
      const page = listed(call, 'offer-prices', filter ?? {}, PAGE, (card) => card.price !== null && card.archived === (filter?.archived ?? false));
      return ok(page.answer('offers', commonPrice), page.cards.length);
    },
  ),

  endpoint<{ offers: PricedOffer[] }>(
    {
      ...{ verb: 'POST', path: `${CAMPAIGN}/updates`, need: WRITE, limit: perMinute('offer-prices/updates', 10_000), parallel: 12 },
      units: ({ offers }) => offers.length,
      bodyNeeded: true,
      body: shape({ offers: listOf(shape({ offerId, price: shape({ value: positive, discountBase: positive, currencyId: text, vat: whole }) }), 2000) }, ['offers']),
    },
    (call, { offers }) => {
      const { office, key, method, campaign } = call;
      if (office.cabinet.current.only_default_price) throw locked('Partner use only default price');
      const prices = checked(offers);
      office.tasks.add({ key, method, within: office.cabinet.current.price_seconds, work: { kind: 'store-prices', campaignId: campaign?.id ?? 0, prices } });
      return ok();
    },
  ),

  endpoint<{ offerIds?: string[] | null } | undefined>(
    { verb: 'POST', path: CAMPAIGN, need: READ, limit: perMinute('offer-prices', 10_000, 100_000), units: 'returned', body: shape({ offerIds: filterOf(offerId, 500) }) },
    (call, filter) => storePrices(call, filter ?? {}),
  ),

  endpoint(
    {
      verb: 'GET',
      path: CAMPAIGN,
      need: READ,
      limit: perMinute('offer-prices (GET)', 150_000),
      units: 'returned',
      deprecated: { failsFrom: '2027-01-18', goneFrom: '2027-04-05' },
    },
    (call) => storePrices(call, {}, 'id'),
  ),
];

/** `named`: how the list calls an article; the old one calls it otherwise. */
function storePrices(call: Call, filter: { offerIds?: string[] | null }, named: 'offerId' | 'id' = 'offerId') {
  const id = String(call.campaign?.id);
  const page = listed(call, `offer-prices ${id}`, filter, PAGE, (card) => card.storePrices[id] !== undefined && !card.archived);
  return ok(
    page.answer('offers', (card) => ({ [named]: card.offerId, ...storePrice(card, id) })),
    page.cards.length,
  );
}

function commonPrice({ offerId: id, price }: Card): object {
  if (!price) return { offerId: id };
  const { value, base, minimum, at } = price;
  return {
    offerId: id,
    price: {
      value: wire(value),
      currencyId: CURRENCY,
      ...(base > 0 ? { discountBase: wire(base) } : {}),
      ...(minimum > 0 ? { minimumForBestseller: wire(minimum) } : {}),
      excludedFromBestsellers: false,
      updatedAt: stamp(at),
    },
  };
}

function storePrice({ storePrices: prices }: Card, campaignId: string): object {
  const price = prices[campaignId];
  if (!price) return {};
  const { value, base, vat, at } = price;
  return { price: { value: wire(value), currencyId: CURRENCY, ...(base > 0 ? { discountBase: wire(base) } : {}), ...(vat > 0 ? { vat } : {}) }, updatedAt: stamp(at) };
}

/** Throws the 400 that one wrong price makes of the whole request. */
function checked(offers: readonly PricedOffer[]): { offerId: string; price: Partial<PriceInput> }[] {
  const seen = new Set<string>();
  return offers.map(({ offerId: id, price }, index) => {
    if (id === undefined) throw badRequest('Missing offerId');
    const article = id.trim();
    if (seen.has(article)) throw badRequest(`Duplicate offer in request: offerId = '${article}'`);
    seen.add(article);
    if (!price) throw badRequest(`Missing price value: offerId = '${article}'`);
    checkPrice(price, article, index);
    return { offerId: article, price };
  });
}
