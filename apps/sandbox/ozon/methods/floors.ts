import { listOf, method, shape, text, type Call, type Method } from '../method.js';
import type { Card } from '../model.js';
import { FLOOR_MS } from '../price-rules.js';

const ids = shape({ product_ids: listOf(text, 1000, 1) }, ['product_ids']);

function known(call: Call, productIds: readonly string[]): Card[] {
  return productIds.flatMap((id) => call.market.cards.byProductId(Number(id)) ?? []);
}

const renew = method<{ product_ids: string[] }>('/v1/product/action/timer/update', ids, (call, body) => {
  const { market } = call;
  for (const card of known(call, body.product_ids)) {
    if (card.price.minPrice <= 0) continue;
    card.price.floorUntil = market.clock.now() + FLOOR_MS;
    market.cards.save(card);
  }
  return {};
});

const status = method<{ product_ids: string[] }>('/v1/product/action/timer/status', ids, (call, body) => ({
  statuses: known(call, body.product_ids).map(({ productId, price }) => ({
    product_id: productId,
    expired_at: new Date(price.floorUntil).toISOString(),
    min_price_for_auto_actions_enabled: price.floorUntil > call.market.clock.now(),
  })),
}));

/** How long a floor still holds against promotions, and its renewal. */
export const floorMethods: Method[] = [renew, status];
