import { CURRENCY } from '../cabinet.js';
import { endpoint, ok, type Call, type Endpoint } from '../endpoint.js';
import { perMinute } from '../limits.js';
import type { Card } from '../model.js';
import { money } from '../money.js';
import { listed, meets, OFFER_FILTER, type OfferFilter } from '../offer-filter.js';
import { filterOf, offerId, offerIds, shape } from '../shapes.js';

const READ = { areas: ['pricing'] } as const;
const PAGE = { usual: 100, most: 200, over: 'refuse' } as const;
const filterShape = shape({ ...OFFER_FILTER, offerIds: filterOf(offerId, 200) });
const confirmShape = shape({ offerIds: offerIds(200) }, ['offerIds']);

/** Prices that jumped and wait for a better one or for a word of the seller. Stores have none of their own here, so theirs are the business's. */
export const quarantineEndpoints: Endpoint[] = (['/v2/businesses/{businessId}', '/v2/campaigns/{campaignId}'] as const).flatMap((path) => [
  endpoint<OfferFilter>(
    { verb: 'POST', path: `${path}/price-quarantine`, need: READ, limit: perMinute('price-quarantine', 5000, 10_000), bodyNeeded: true, body: filterShape },
    quarantined,
  ),
  endpoint<{ offerIds: string[] }>(
    {
      ...{ verb: 'POST', path: `${path}/price-quarantine/confirm`, need: { ...READ, writes: true }, limit: perMinute('price-quarantine/confirm', 5000, 10_000) },
      units: (body) => body.offerIds.length,
      bodyNeeded: true,
      body: confirmShape,
    },
    ({ office, key, method }, { offerIds: named }) => {
      office.tasks.add({ key, method, within: office.cabinet.current.price_seconds, work: { kind: 'confirm', offerIds: named } });
      return ok();
    },
  ),
]);

function quarantined(call: Call, filter: OfferFilter) {
  const { office, campaign } = call;
  const isHeld = (card: Card): boolean => card.quarantine !== null && !(campaign && card.absent.includes(campaign.id));
  const page = listed(call, 'price-quarantine', filter, PAGE, (card) => isHeld(card) && meets(office, card, filter));
  const held = page.cards.filter(isHeld);
  return ok({ offers: held.map(verdict), paging: page.paging });
}

function verdict({ offerId: id, quarantine, lastValid }: Card): object {
  const params = [
    { name: 'CURRENT_PRICE', value: plain(quarantine?.value ?? 0) },
    { name: 'LAST_VALID_PRICE', value: plain(lastValid) },
    { name: 'CURRENCY', value: CURRENCY },
  ];
  return { offerId: id, verdicts: [{ type: 'PRICE_CHANGE', params }] };
}

/** "8990" of a whole number of roubles, "332.50" of any other. */
const plain = (kopecks: number): string => money(kopecks).replace(/\.00$/, '');
