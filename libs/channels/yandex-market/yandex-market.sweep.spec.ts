import { describe, expect, it } from '@jest/globals';
import { BrokenContract } from '#kernel';
import { CONTENT_FACETS, type ObservationPage, type ObservedCard } from '#channels/contract';
import { type ScriptedRequest, scriptedRun } from '#channels/testkit';
import { BUSINESS, CAMPAIGN, PARAMETERS, collect, liveCard, liveOffer, market, ok } from './fixtures/scripted-yandex-market.js';

const CONTENT_FACETS_AND_PRESENCE = [...CONTENT_FACETS, 'presence'] as const;
const offerIds = (request: ScriptedRequest) => (request.body as { offerIds?: string[] } | undefined)?.offerIds ?? [];
const archived = (request: ScriptedRequest) => (request.body as { archived?: boolean }).archived === true;
const parameters = ok({ categoryId: 91657, parameters: PARAMETERS });

/** Live offers over two pages of the list, and an archived one. */
function content(request: ScriptedRequest) {
  if (request.path.startsWith('/v2/category/')) return parameters;
  if (request.path === `${BUSINESS}/offer-cards`) return ok({ offerCards: offerIds(request).map((key) => liveCard(key)), paging: {} });
  if (archived(request)) return ok({ offerMappings: [liveOffer('OLD', { archived: true })], paging: {} });
  return request.query['pageToken'] === undefined
    ? ok({ offerMappings: [liveOffer('A'), liveOffer('B')], paging: { nextPageToken: 't2' } })
    : ok({ offerMappings: [liveOffer('B'), liveOffer('C')] });
}

describe('content lane', () => {
  it('reads a card in its canonical form, from the offer and from its card', async () => {
    const { channel } = market(content);
    const { cards } = await channel.peek(['A'], CONTENT_FACETS_AND_PRESENCE, scriptedRun());
    const { document: _document, ...card } = cards[0] as ObservedCard;
    expect(JSON.stringify(card)).toBe(
      JSON.stringify({
        key: 'A',
        externalId: 'A',
        ids: { marketSku: '100200300' },
        values: {
          category: '91657',
          title: 'Дрель Makita HP1630',
          description: 'Мощность 710 Вт.',
          media: ['https://cdn.test/1.jpg', 'https://cdn.test/2.jpg'],
          attributes: { '7893318': [{ id: '153061', text: 'Makita' }], '14871214': [{ id: 'unit:1', text: '710 Вт' }], vendor: [{ text: 'Makita' }] },
          dimensions: { length: 355, width: 280, height: 98, weight: 2100 },
          barcodes: ['2000000000015', '4607001234562'],
          presence: 'listed',
        },
      }),
    );
  });

  it('fills two pages of offers from one page of cards, then walks the archive, and goes on where it was', async () => {
    const { channel, asked } = market(content);
    const pages = await collect(channel.sweep('content', undefined, scriptedRun()));
    expect(pages.map((page) => `${page.source}: ${page.cards.map((card) => `${card.key} ${card.values.presence ?? ''}`).join()}`)).toEqual([
      'content: A listed,B listed,C listed',
      'media: A ,B ,C ',
      'content: OLD archived',
      'media: OLD ',
    ]);
    expect(asked().map((request) => request.path.split('/').at(-1))).toEqual(['offer-mappings', 'offer-mappings', 'offer-cards', 'parameters', 'offer-mappings', 'offer-cards']);
    const rest = async (page?: ObservationPage) => (await collect(channel.sweep('content', page?.cursor, scriptedRun()))).map((one) => one.cards.length);
    expect([await rest(pages[0]), await rest(pages[1]), await rest(pages[2]), await rest(pages[3])]).toEqual([[3, 3, 1, 1], [1, 1], [1, 1], []]);
  });

  it('shows the category that Market decided, and not the one it was asked for', async () => {
    const { channel } = market((request) =>
      request.path.endsWith('/offer-mappings') && !archived(request)
        ? ok({ offerMappings: [liveOffer('A', {}, { marketCategoryId: 555 }), liveOffer('B', {}, { marketCategoryId: undefined })] })
        : content(request),
    );
    const [page] = await collect(channel.sweep('content', undefined, scriptedRun()));
    expect(page?.cards.map((card) => card.values.category)).toEqual(['555', '91657']);
  });

  it('shows the files that Market made, without those that failed; the given addresses while there are none; nothing while one is on its way', async () => {
    const files = (state: string) => ({
      mediaFiles: {
        pictures: [
          { url: 'https://cdn.test/1.jpg', uploadState: 'UPLOADED' },
          { url: 'https://shop.test/2.jpg', uploadState: state },
        ],
      },
    });
    const { channel } = market((request) =>
      request.path.endsWith('/offer-mappings') && !archived(request)
        ? ok({ offerMappings: [liveOffer('A', files('FAILED')), liveOffer('B', { mediaFiles: undefined }), liveOffer('C', files('UPLOADING'))] })
        : content(request),
    );
    const [whole, media] = await collect(channel.sweep('content', undefined, scriptedRun()));
    expect(media?.cards.map((card) => [card.key, card.values.media])).toEqual([
      ['A', ['https://cdn.test/1.jpg']],
      ['B', ['https://shop.test/1.jpg', 'https://shop.test/2.jpg']],
    ]);
    expect(whole?.cards.map((card) => [card.key, card.values.media, card.values.title !== undefined])).toEqual(['A', 'B', 'C'].map((key) => [key, undefined, true]));
  });

  it('never takes a cut page or one that comes again for the end', async () => {
    const cut = market(() => ({ body: { status: 'OK', result: {} } }));
    await expect(collect(cut.channel.sweep('content', undefined, scriptedRun()))).rejects.toBeInstanceOf(BrokenContract);
    const circle = market((request) => (request.path.endsWith('/offer-mappings') ? ok({ offerMappings: [liveOffer('A')], paging: { nextPageToken: 't' } }) : content(request)));
    await expect(collect(circle.channel.sweep('content', undefined, scriptedRun()))).rejects.toThrow(/came again/);
  });
});

const price = (value: number) => ({ value, currencyId: 'RUR', discountBase: 9990, updatedAt: '2026-11-22T09:30:00+03:00' });
const stock = (key: string, counts: Readonly<Record<string, number>>) => ({
  offerId: key,
  stocks: Object.entries(counts).map(([type, count]) => ({ type, count })),
  updatedAt: '2026-11-22T09:30:00+03:00',
});

function offers(request: ScriptedRequest) {
  switch (request.path) {
    case `${CAMPAIGN}/offers`:
      return request.query['pageToken'] === undefined
        ? ok({ offers: [{ offerId: 'A', status: 'PUBLISHED', basicPrice: price(8990.5), campaignPrice: price(8790) }], paging: { nextPageToken: 't' } })
        : ok({ offers: [{ offerId: 'B', status: 'DISABLED_BY_PARTNER', basicPrice: price(8990) }] });
    case `${BUSINESS}/price-quarantine`:
    case `${CAMPAIGN}/price-quarantine`:
      return ok({ offers: [{ offerId: 'A', verdicts: [{ type: 'PRICE_CHANGE', params: [{ name: 'CURRENT_PRICE', value: '899' }] }] }] });
    case `${BUSINESS}/offer-cards`:
      return ok({ offerCards: [{ offerId: 'B', cardStatus: 'HAS_CARD_CAN_UPDATE_ERRORS', errors: [{ message: 'Плохое описание' }] }] });
    case '/v3/businesses/9000001/offers/stocks':
      return ok({ partnerWarehouseId: 555, offers: [stock('A', { FIT: 14, FREEZE: 2, AVAILABLE: 12 })], paging: {} });
    default:
      return ok({
        warehouses: [
          { warehouseId: 1, offers: [stock('A', { AVAILABLE: 99 })] },
          { warehouseId: 555, offers: [stock('A', { FIT: 14, FREEZE: 2 })] },
        ],
      });
  }
}

describe('offers lane', () => {
  it.each([
    ['the third version where warehouses stand alone', {}, '/v3/businesses/9000001/offers/stocks'],
    ['the second where they share one stock', { grouped: true }, `${CAMPAIGN}/offers/stocks`],
    [
      'the second where the third is not to be had',
      { partner: { status: 404, body: { status: 'ERROR', errors: [{ code: 'NOT_FOUND', message: 'Resource not found' }] } } },
      `${CAMPAIGN}/offers/stocks`,
    ],
  ])('reads status and price by the page and stock for many pages together, by %s', async (_what, cabinet, path) => {
    const { channel, asked } = market(offers, cabinet);
    const pages = await collect(channel.sweep('offers', undefined, scriptedRun()));
    expect(pages.map((page) => page.source)).toEqual(['offers', 'offers', 'stocks']);
    expect(pages[2]?.cards.map((card) => card.values.stock)).toEqual([{ '555': 12 }, { '555': 0 }]);
    expect(asked().filter((request) => request.path === path)).toHaveLength(1);
    expect(pages[0]?.cards[0]?.values).toEqual({
      status: { sellable: true, moderation: 'approved', causes: [{ code: 'price-quarantine' }], refusals: [] },
      price: { price: 899_050, old: 999_000, currency: 'RUB' },
    });
    expect(pages[1]?.cards[0]?.values.status).toMatchObject({
      sellable: false,
      moderation: 'declined',
      causes: [{ code: 'hidden' }, { code: 'update-stuck', detail: 'Плохое описание' }],
    });
    expect(pages[1]?.cards[0]?.values.status?.refusals).toEqual([expect.objectContaining({ path: 'description' })]);
  });

  it('shows the store’s own price where stores may have one', async () => {
    const { channel } = market(offers, { onlyDefaultPrice: false });
    const pages = await collect(channel.sweep('offers', undefined, scriptedRun()));
    expect(pages.slice(0, 2).map((page) => page.cards[0]?.values.price?.price)).toEqual([879_000, 899_000]);
  });

  it('begins the group anew when it is resumed before its stock was read', async () => {
    const { channel } = market(offers);
    const pages = await collect(channel.sweep('offers', undefined, scriptedRun()));
    expect(await collect(channel.sweep('offers', pages[0]?.cursor, scriptedRun()))).toHaveLength(3);
    expect(await collect(channel.sweep('offers', pages[2]?.cursor, scriptedRun()))).toEqual([]);
  });
});

describe('single cards', () => {
  it('are absent only when neither the offers nor the cards know them', async () => {
    const { channel } = market((request) =>
      request.path.endsWith('/offer-mappings')
        ? ok({ offerMappings: [liveOffer('A')] })
        : ok({
            offerCards: offerIds(request)
              .filter((key) => key !== 'NOBODY')
              .map((key) => liveCard(key)),
          }),
    );
    const { cards, absent } = await channel.peek(['A', 'B', 'NOBODY'], ['title'], scriptedRun());
    expect([cards.map((card) => card.key), absent]).toEqual([['A'], ['NOBODY']]);
  });

  it('bring along what calls need beside the facets', async () => {
    const { channel } = market((request) => {
      if (request.path.endsWith('/offer-mappings')) return ok({ offerMappings: [liveOffer('A')] });
      if (request.path.endsWith('/offer-prices')) return ok({ offers: [{ offerId: 'A', price: { ...price(8990), minimumForBestseller: 8500 } }] });
      return offers(request);
    });
    const { cards } = await channel.peek(['A'], ['presence', 'status', 'price'], scriptedRun());
    expect(cards[0]?.document).toEqual({ categoryId: '91657', priceOf: 'business', storeStatus: 'PUBLISHED', quarantinedPrice: 89_900, promotionFloor: 850_000 });
    expect(Object.keys(cards[0]?.values ?? {})).toEqual(['presence', 'status', 'price']);
  });

  it('are read by one list where that tells all that a call needs, and any others as usual', async () => {
    const parameterValues = [
      { parameterId: 14871214, value: '710', unitId: 1 },
      { parameterId: 5, valueId: 51 },
    ];
    const answer = (request: ScriptedRequest) => {
      const named = offerIds(request);
      if (request.path.endsWith('/offer-cards'))
        return ok({
          offerCards: named.map((key) => liveCard(key, { parameterValues, groupId: 'HP16', ...(key === 'NEW' ? {} : { mapping: { marketSku: 7, marketCategoryId: 91657 } }) })),
        });
      if (request.path.endsWith('/offer-prices'))
        return ok({ offers: named.filter((key) => key !== 'NEW').map((key) => ({ offerId: key, price: { ...price(8990), minimumForBestseller: 8500 } })) });
      if (request.path.endsWith('/offer-mappings')) return ok({ offerMappings: named.map((key) => liveOffer(key)) });
      return request.path.startsWith('/v2/category/') ? parameters : ok({ offers: named.map((key) => ({ offerId: key, status: 'PUBLISHED' })) });
    };
    const { channel, asked } = market(answer);
    const known = [...parameterValues, { parameterId: 200, value: 'HP16' }];
    const bare = await channel.peek(['A'], [], scriptedRun());
    expect(bare.cards).toEqual([{ key: 'A', externalId: 'A', ids: { marketSku: '7' }, values: {}, document: { categoryId: '91657', parameters: known, priceOf: 'business' } }]);
    const priced = await channel.peek(['A'], ['price'], scriptedRun());
    expect(priced.cards).toEqual([
      { key: 'A', externalId: 'A', ids: {}, values: { price: { price: 899_000, old: 999_000, currency: 'RUB' } }, document: { priceOf: 'business', promotionFloor: 850_000 } },
    ]);
    expect(asked().map(({ path }) => path)).toEqual([`${BUSINESS}/offer-cards`, `${BUSINESS}/offer-prices`]);
    const fresh = await channel.peek(['NEW'], [], scriptedRun());
    expect(fresh.cards).toMatchObject([{ values: { attributes: { '14871214': [{ text: '710 Вт' }] } }, document: { categoryId: '91657', parameters: known } }]);
    const unpriced = await channel.peek(['NEW'], ['price'], scriptedRun());
    expect([unpriced.cards.map(({ values }) => values), unpriced.absent]).toEqual([[{}], []]);
  });

  it('show the price of the store where stores may have their own', async () => {
    const { channel, asked } = market(offers, { onlyDefaultPrice: false });
    const { cards } = await channel.peek(['A'], ['price'], scriptedRun());
    expect(cards.map(({ key, values, document }) => [key, values.price?.price, document])).toEqual(expect.arrayContaining([[expect.any(String), 879_000, { priceOf: 'store' }]]));
    expect([...new Set(asked().map(({ path }) => path))]).toEqual([`${CAMPAIGN}/offers`]);
  });
});
