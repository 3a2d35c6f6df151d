import { id, listOf, method, shape, text, type Call, type Method } from '../method.js';
import type { Card } from '../model.js';
import { badRequest, Problem } from '../problem.js';
import { beforeChange, facetWrite, noteWrite, type FacetWrite } from '../writes.js';

function note(call: Call, path: string, card: Card, facets: FacetWrite[]): void {
  noteWrite(call.market, { key: call.key, method: path, taskId: 0, offerId: card.offerId, fullCard: false, revalidates: false, facets });
}

function cardsOf(call: Call, productIds: (string | number)[]): Card[] {
  return productIds.map((productId) => {
    const card = call.market.cards.byProductId(Number(productId));
    if (!card) throw new Problem(404, 5, `product ${productId} not found`);
    return card;
  });
}

const productIds = shape({ product_id: listOf(id, 100, 1) }, ['product_id']);

const archive = method<{ product_id: (string | number)[] }>('/v1/product/archive', productIds, (call, body) => {
  for (const card of cardsOf(call, body.product_id)) {
    beforeChange(call.market, card);
    const write = facetWrite(card, 'presence', () => {
      card.archived = card.archived || 'manual';
      card.updatedAt = call.market.clock.now();
    });
    call.market.cards.save(card);
    note(call, '/v1/product/archive', card, [write]);
  }
  return { result: true };
});

const unarchive = method<{ product_id: (string | number)[] }>('/v1/product/unarchive', productIds, (call, body) => {
  const { market } = call;
  const cards = cardsOf(call, body.product_id);
  market.limits.items(cards.length);
  for (const card of cards) {
    if ((card.archived === 'auto' || card.archived === 'seasonal') && !market.limits.autoUnarchive()) {
      throw badRequest('restore limit exceeded');
    }
    beforeChange(market, card);
    const write = facetWrite(card, 'presence', () => {
      card.archived = '';
      card.updatedAt = market.clock.now();
    });
    market.cards.save(card);
    note(call, '/v1/product/unarchive', card, [write]);
  }
  return { result: true };
});

const remove = method<{ products: { offer_id: string }[] }>(
  '/v2/products/delete',
  shape({ products: listOf(shape({ offer_id: text }, ['offer_id']), 500, 1) }, ['products']),
  (call, body) => ({
    status: body.products.map(({ offer_id: offerId }) => {
      const card = call.market.cards.byOfferId(offerId);
      const error = !card ? 'product not found' : card.sku !== 0 ? 'product has sku' : !card.archived ? 'product is not archived' : '';
      if (card && error === '') {
        note(call, '/v2/products/delete', card, [{ facet: 'presence', before: 'archived', after: 'absent', echoes: false }]);
        call.market.cards.erase(card);
      }
      return { offer_id: offerId, is_deleted: error === '', error };
    }),
  }),
);

const rename = method<{ update_offer_id: { offer_id: string; new_offer_id: string }[] }>(
  '/v1/product/update/offer-id',
  shape(
    {
      update_offer_id: listOf(shape({ offer_id: text, new_offer_id: { type: 'string', minLength: 1, maxLength: 50 } }, ['offer_id', 'new_offer_id']), 25, 1),
    },
    ['update_offer_id'],
  ),
  (call, body) => {
    const { market } = call;
    market.limits.items(body.update_offer_id.length);
    const errors: { offer_id: string; message: string }[] = [];
    for (const { offer_id: from, new_offer_id: to } of body.update_offer_id) {
      const card = market.cards.byOfferId(from);
      if (!card) errors.push({ offer_id: from, message: 'OFFER_ID_NOT_FOUND' });
      else if (market.cards.byOfferId(to)) errors.push({ offer_id: from, message: 'OFFER_ID_ALREADY_EXISTS' });
      else {
        beforeChange(market, card);
        market.cards.rename(card, to);
        note(call, '/v1/product/update/offer-id', card, [{ facet: 'presence', before: from, after: to, echoes: false }]);
      }
    }
    return { errors };
  },
);

const addBarcodes = method<{ barcodes: { barcode: string; sku: number | string }[] }>(
  '/v1/barcode/add',
  shape({ barcodes: listOf(shape({ barcode: { type: 'string', minLength: 1, maxLength: 100 }, sku: id }, ['barcode', 'sku']), 100, 1) }, ['barcodes']),
  (call, body) => {
    const errors: { code: string; error: string; barcode: string; sku: number }[] = [];
    for (const { barcode, sku } of body.barcodes) {
      const card = call.market.cards.bySkuId(Number(sku));
      const refuse = (code: string, error: string): number => errors.push({ code, error, barcode, sku: Number(sku) });
      if (!card) refuse('SKU_NOT_FOUND', 'sku not found');
      else if (!card.barcodes.includes(barcode) && card.barcodes.length >= 100) refuse('TOO_MANY_BARCODES', 'at most 100 barcodes');
      else {
        beforeChange(call.market, card);
        const write = facetWrite(card, 'barcodes', () => void (card.barcodes.includes(barcode) || card.barcodes.push(barcode)));
        call.market.cards.save(card);
        note(call, '/v1/barcode/add', card, [write]);
      }
    }
    return { errors };
  },
);

export const presenceMethods: Method[] = [archive, unarchive, remove, rename, addBarcodes];
