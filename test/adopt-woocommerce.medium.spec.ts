import { describe, expect, it } from '@jest/globals';
import { woocommerce } from '#channels/woocommerce';
import { adoptsCards } from './adopt-market.js';
import { wooWorld } from './sandbox-woocommerce-world.js';

describe('a catalog made of the goods of a WooCommerce shop', () => {
  adoptsCards(
    woocommerce,
    () => wooWorld({ limits: 'off' }),
    12,
    (market, seller) => {
      it('keeps variations together: products of one model, which is the group', async () => {
        const models = async (account: Parameters<ReturnType<typeof market>['documents']>[0]) =>
          (await market().documents(account)).flatMap(({ sku, model }) => (model === undefined ? [] : [[sku, model.code, [...model.axes].sort()]]));
        const theirs = await models(seller());
        expect(theirs.length).toBeGreaterThan(1);
        expect(await models(market().adopter)).toEqual(theirs);
      });
    },
  );
});
