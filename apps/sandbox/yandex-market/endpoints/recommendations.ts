import { CURRENCY } from '../cabinet.js';
import { endpoint, ok, type Endpoint } from '../endpoint.js';
import { perMinute } from '../limits.js';
import type { Card } from '../model.js';
import { wire } from '../money.js';
import { listed } from '../offer-filter.js';
import { seeded } from '../../random.js';
import { filterOf, offerId, shape } from '../shapes.js';

type Competitiveness = 'OPTIMAL' | 'AVERAGE' | 'LOW';

/** How prices stand against the market's, and what would be better. */
export const recommendationEndpoints: Endpoint[] = [
  endpoint<{ offerIds?: string[] | null; competitivenessFilter?: Competitiveness }>(
    {
      ...{
        verb: 'POST',
        path: '/v2/businesses/{businessId}/offers/recommendations',
        need: { areas: ['pricing'] },
        limit: perMinute('offers/recommendations', 50, 100),
        bodyNeeded: true,
      },
      body: shape({ offerIds: filterOf(offerId, 200), competitivenessFilter: { enum: ['OPTIMAL', 'AVERAGE', 'LOW'] } }),
    },
    (call, filter) => {
      const page = listed(
        call,
        'offers/recommendations',
        filter,
        { usual: 100, most: 200, over: 'refuse' },
        (card) => card.price !== null && !card.archived && (!filter.competitivenessFilter || standing(card).competitiveness === filter.competitivenessFilter),
      );
      return ok(page.answer('offerRecommendations', advice));
    },
  ),
];

/** What others ask for the same goods: near the last price that was taken, the same each time. */
function standing({ offerId: id, price, lastValid }: Card): { competitiveness: Competitiveness; optimal: number; average: number; shows: number } {
  const random = seeded('others', id);
  const optimal = Math.round((lastValid * random.int(90, 110)) / 100);
  const average = Math.round((optimal * 115) / 100);
  const value = price?.value ?? 0;
  return { competitiveness: value <= optimal ? 'OPTIMAL' : value <= average ? 'AVERAGE' : 'LOW', optimal, average, shows: random.int(0, 900) };
}

function advice(card: Card): object {
  const { competitiveness, optimal, average, shows } = standing(card);
  const money = (kopecks: number): object => ({ value: wire(Math.max(1, kopecks)), currencyId: CURRENCY });
  return {
    offer: { offerId: card.offerId, ...(card.price ? { price: money(card.price.value), competitiveness } : {}), shows },
    recommendation: { offerId: card.offerId, competitivenessThresholds: { optimalPrice: money(optimal), averagePrice: money(average) } },
  };
}
