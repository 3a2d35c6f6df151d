import { describe, expect, it } from '@jest/globals';
import { SCRIPTED_NOW, type ScriptedRequest, scriptedRun } from '#channels/testkit';
import { BUSINESS, CAMPAIGN, callOf, market, ok } from './fixtures/scripted-yandex-market.js';

const fine = { body: { status: 'OK' } };
const titled = (key: string, title = 'Дрель') => callOf('offer', { key, values: { title } });
const sent = (request: ScriptedRequest) => (request.body as { offerMappings: { offer: { offerId: string } }[] }).offerMappings.map(({ offer }) => offer.offerId);

describe('a batch of content', () => {
  it('is applied as a whole and remembered by the time it was sent', async () => {
    const { channel, asked } = market(() => fine);
    const outcomes = await channel.push('offer', [titled('A'), titled('B')], scriptedRun());
    expect(outcomes).toEqual(['A', 'B'].map(() => ({ kind: 'accepted', receipt: `content:${SCRIPTED_NOW}` })));
    expect(asked().map((request) => [request.method, request.path, sent(request)])).toEqual([['POST', `${BUSINESS}/offer-mappings/update`, ['A', 'B']]]);
  });

  it('that answers 200 and ERROR was not applied: the named ones are refused, the others go again', async () => {
    const { channel, asked } = market((request) =>
      sent(request).includes('B')
        ? { body: { status: 'ERROR', results: [{ offerId: 'A' }, { offerId: 'B', errors: [{ type: 'UNKNOWN_PARAMETER', parameterId: 42, message: 'нет такой' }] }] } }
        : fine,
    );
    const outcomes = await channel.push('offer', [titled('A'), titled('B'), titled('C')], scriptedRun());
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'refused', 'accepted']);
    expect(outcomes[1]).toMatchObject({ diagnostics: [{ path: 'attributes.42', code: 'yandex-market.reported', params: { code: 'UNKNOWN_PARAMETER' } }] });
    expect(asked().map(sent)).toEqual([
      ['A', 'B', 'C'],
      ['A', 'C'],
    ]);
  });

  it('leaves out of a change what Market will not have of it, and tells what that was', async () => {
    const { channel, asked } = market((request) => {
      const { offer } = (request.body as { offerMappings: { offer: { name?: string; parameterValues?: { parameterId: number }[] } }[] }).offerMappings[0] ?? { offer: {} };
      if (offer.parameterValues?.some(({ parameterId }) => parameterId === 42))
        return { body: { status: 'ERROR', results: [{ offerId: 'A', errors: [{ type: 'UNKNOWN_PARAMETER', parameterId: 42, message: 'нет такой' }] }] } };
      if (offer.name !== undefined) return { status: 400, body: { status: 'ERROR', errors: [{ code: 'BAD_REQUEST', message: "'name' is bad: offerId = 'A'" }] } };
      return fine;
    });
    const values = { title: 'Дрель', attributes: { '8': [{ text: 'да' }], '42': [{ text: 'x' }] } };
    const outcomes = await channel.push('offer', [callOf('offer', { key: 'A', values, document: { categoryId: '7', priceOf: 'business' } })], scriptedRun());
    expect(outcomes).toMatchObject([{ kind: 'accepted', receipt: `content:${SCRIPTED_NOW}`, refusals: [{ path: 'attributes.42' }, { path: 'title' }] }]);
    expect(asked().at(-1)?.body).toEqual({ offerMappings: [{ offer: { offerId: 'A', marketCategoryId: 7, parameterValues: [{ parameterId: 8, value: 'да' }] } }] });
  });

  it('refuses the whole of a new card, and of a change that is about nothing else', async () => {
    const error = (message: string) => ({ status: 400, body: { status: 'ERROR', errors: [{ code: 'BAD_REQUEST', message }] } });
    const { channel, asked } = market((request) => error(request.path.endsWith('/update') ? "'name' is bad: offerId = 'A'" : ''));
    const whole = { category: '7', title: 'Дрель', description: 'Сверлит.', media: ['d'], attributes: {}, dimensions: { length: 1, width: 1, height: 1, weight: 1 } };
    const made = callOf('card', { key: 'A', externalId: undefined, values: whole, mediaUrls: ['https://shop.test/1.jpg'] });
    expect(await channel.push('card', [made], scriptedRun())).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'title' }] }]);
    expect(await channel.push('offer', [titled('A')], scriptedRun())).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'title' }] }]);
    expect(asked()).toHaveLength(2);
  });

  it('of which a later request is turned away waits with that one', async () => {
    const { channel } = market((_request, index) =>
      index === 0 ? fine : { status: 423, body: { status: 'ERROR', errors: [{ code: 'LOCKED', message: 'Business is in migration' }] } },
    );
    const outcomes = await channel.push(
      'offer',
      Array.from({ length: 101 }, (_, n) => titled(`S${n}`)),
      scriptedRun(),
    );
    expect([outcomes[0]?.kind, outcomes[100]]).toEqual(['accepted', { kind: 'not-sent', why: 'channel-unavailable', until: SCRIPTED_NOW + 15 * 60_000 }]);
  });

  it('with warnings alone is applied', async () => {
    const { channel } = market(() => ({ body: { status: 'OK', results: [{ offerId: 'A', warnings: [{ type: 'NUMBER_FORMAT', message: 'странно' }] }] } }));
    expect(await channel.push('offer', [titled('A')], scriptedRun())).toMatchObject([{ kind: 'accepted' }]);
  });

  it('refused without a name is halved until the cause stands alone', async () => {
    const { channel } = market((request) =>
      sent(request).includes('C') ? { status: 400, body: { status: 'ERROR', errors: [{ code: 'BAD_REQUEST', message: 'name is bad' }] } } : fine,
    );
    const outcomes = await channel.push(
      'offer',
      ['A', 'B', 'C', 'D'].map((key) => titled(key)),
      scriptedRun(),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'accepted', 'refused', 'accepted']);
    expect(outcomes[2]).toMatchObject({ diagnostics: [{ path: 'title' }] });
  });

  it('refused by the place of an item takes only that one out', async () => {
    const message = "'offerMappings[1].offer.name' size must be between '1' and '256' (rejected size: '300')";
    const { channel, asked } = market((request) => (sent(request).includes('B') ? { status: 400, body: { status: 'ERROR', errors: [{ code: 'BAD_REQUEST', message }] } } : fine));
    const outcomes = await channel.push('offer', [titled('A'), titled('B'), titled('C')], scriptedRun());
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'refused', 'accepted']);
    expect(asked()).toHaveLength(2);
  });

  it('goes in several requests: by number, by size, and a card only once in each', async () => {
    const { channel, asked } = market(() => fine);
    const many = Array.from({ length: 101 }, (_, n) => titled(`S${n}`));
    await channel.push('offer', many, scriptedRun());
    expect(asked().map((request) => sent(request).length)).toEqual([100, 1]);
    const long = market(() => fine);
    await long.channel.push(
      'offer',
      Array.from({ length: 60 }, (_, n) => callOf('offer', { key: `L${n}`, values: { description: 'ы'.repeat(5900) } })),
      scriptedRun(),
    );
    for (const request of long.asked()) expect(Buffer.byteLength(JSON.stringify(request.body))).toBeLessThan(512 * 1024);
    expect(long.asked().length).toBe(2);
    const twice = market(() => fine);
    await twice.channel.push('offer', [titled('A', 'один'), titled('A', 'два')], scriptedRun());
    expect(twice.asked().map(sent)).toEqual([['A'], ['A']]);
  });
});

describe('other calls', () => {
  it('set stock by the version that serves the warehouse, without a time of our own', async () => {
    const calls = [callOf('stocks', { key: 'A', values: { stock: { '555': 7 } } })];
    const third = market(() => fine);
    expect(await third.channel.push('stocks', calls, scriptedRun())).toEqual([{ kind: 'accepted' }]);
    expect(third.asked().map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v3/businesses/9000001/offers/stocks/update', { skuItems: [{ sku: 'A', partnerWarehouseId: 555, count: 7 }] }],
    ]);
    const second = market(() => fine, { grouped: true });
    await second.channel.push('stocks', calls, scriptedRun());
    expect(second.asked().map(({ method, path, body }) => [method, path, body])).toEqual([['PUT', `${CAMPAIGN}/offers/stocks`, { skus: [{ sku: 'A', items: [{ count: 7 }] }] }]]);
  });

  it('tell which cards could not be archived, and why', async () => {
    const { channel } = market(() =>
      ok({
        notArchivedOffers: [
          { offerId: 'B', error: 'OFFER_HAS_STOCKS' },
          { offerId: 'C', error: 'UNKNOWN' },
        ],
      }),
    );
    const outcomes = await channel.push(
      'archive',
      ['A', 'B', 'C'].map((key) => callOf('archive', { key, values: { presence: 'archived' } })),
      scriptedRun(),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'refused', 'unsure']);
    const back = market(() => ok({ notUnarchivedOfferIds: ['B'] }));
    const brought = await back.channel.push(
      'unarchive',
      ['A', 'B'].map((key) => callOf('unarchive', { key, values: { presence: 'listed' } })),
      scriptedRun(),
    );
    expect(brought.map((outcome) => outcome.kind)).toEqual(['accepted', 'unsure']);
  });

  it('release each card by the call that fits it, in one round', async () => {
    const { channel, asked } = market(() => fine);
    const item = (key: string, document: object) =>
      callOf('release', {
        key,
        values: {},
        document: { categoryId: '1', priceOf: 'business', ...document },
        product: { sku: key, price: { minor: 89_900, currency: 'RUB' } } as never,
      });
    await channel.push(
      'release',
      [item('H', { storeStatus: 'DISABLED_BY_PARTNER' }), item('Q', { quarantinedPrice: 89_900 }), item('F', { quarantinedPrice: 1_00 })],
      scriptedRun(),
    );
    expect(asked().map(({ path, body }) => [path, body])).toEqual([
      [`${CAMPAIGN}/hidden-offers/delete`, { hiddenOffers: [{ offerId: 'H' }] }],
      [`${BUSINESS}/price-quarantine/confirm`, { offerIds: ['Q'] }],
      [`${BUSINESS}/offer-prices/updates`, { offers: [{ offerId: 'F', price: { value: 899, currencyId: 'RUR' } }] }],
    ]);
  });
});

describe('what became of a change', () => {
  const card = (part: Readonly<Record<string, unknown>>) => ok({ offerCards: [{ offerId: 'A', ...part }] });
  const state = async (age: number, part: Readonly<Record<string, unknown>>, uploads?: string) => {
    const { channel } = market((request) =>
      request.path.endsWith('/offer-mappings') ? ok({ offerMappings: [{ offer: { offerId: 'A', mediaFiles: { pictures: [{ url: 'u', uploadState: uploads }] } } }] }) : card(part),
    );
    const receipt = `${uploads === undefined ? 'content' : 'pictures'}:${SCRIPTED_NOW - age}`;
    const [told] = await channel.confirm([{ key: 'A', operation: 'offer', receipt }], scriptedRun());
    return told;
  };
  const MINUTE = 60_000;

  it('is asked a minute after it was sent, and not before', async () => {
    const { channel, requests } = market(() => fine);
    expect(await channel.confirm([{ key: 'A', operation: 'offer', receipt: `content:${SCRIPTED_NOW}` }], scriptedRun())).toEqual([{ kind: 'running' }]);
    expect(requests).toEqual([]);
  });

  it('of many cards is asked once, when several minutes are over', async () => {
    const keys = Array.from({ length: 21 }, (_, n) => `S${n}`);
    const { channel, asked } = market((request) =>
      request.path.endsWith('/offer-cards')
        ? ok({ offerCards: keys.map((offerId) => ({ offerId, cardStatus: 'HAS_CARD_CAN_UPDATE' })) })
        : ok({ offerMappings: keys.map((offerId) => ({ offer: { offerId } })) }),
    );
    const ask = (age: number, of = keys) =>
      channel.confirm(
        of.map((key) => ({ key, operation: 'offer', receipt: `pictures:${SCRIPTED_NOW - age}` })),
        scriptedRun(),
      );
    expect(await ask(5 * MINUTE - 1)).toEqual(keys.map(() => ({ kind: 'running' })));
    expect(asked()).toEqual([]);
    expect((await ask(5 * MINUTE)).map(({ kind }) => kind)).toEqual(keys.map(() => 'done'));
    expect(asked().map(({ path }) => path)).toEqual([`${BUSINESS}/offer-cards`, `${BUSINESS}/offer-mappings`]);
    expect((await ask(MINUTE, keys.slice(1))).map(({ kind }) => kind)).toEqual(keys.slice(1).map(() => 'done'));
  });

  it('is told by the state of the card, complaints only when they cannot be old ones', async () => {
    expect(await state(2 * MINUTE, { cardStatus: 'HAS_CARD_CAN_UPDATE_PROCESSING' })).toEqual({ kind: 'running' });
    expect(await state(2 * MINUTE, { cardStatus: 'HAS_CARD_CAN_UPDATE_ERRORS' })).toEqual({ kind: 'running' });
    expect(await state(6 * MINUTE, { cardStatus: 'HAS_CARD_CAN_UPDATE_ERRORS', errors: [{ message: 'Плохое название' }] })).toMatchObject({
      kind: 'refused',
      diagnostics: [{ path: 'title' }],
    });
    expect(await state(2 * MINUTE, { cardStatus: 'HAS_CARD_CAN_UPDATE' })).toMatchObject({ kind: 'done', diagnostics: [] });
  });

  it('tells of pictures that are still on their way or were not fetched, and of what Market recommends', async () => {
    expect(await state(2 * MINUTE, { cardStatus: 'HAS_CARD_CAN_UPDATE' }, 'UPLOADING')).toEqual({ kind: 'running' });
    const recommendations = [
      { type: 'PICTURE_COUNT', percent: 40, remainingRatingPoints: 8 },
      { type: 'VIDEO_COUNT', percent: 0 },
    ];
    expect(await state(2 * MINUTE, { cardStatus: 'HAS_CARD_CAN_UPDATE', recommendations }, 'FAILED')).toMatchObject({
      kind: 'done',
      refusals: [],
      diagnostics: [
        { path: 'media', code: 'yandex-market.pictures-not-fetched', params: { failed: 1 } },
        { path: 'media', code: 'yandex-market.recommendation', params: { kind: 'PICTURE_COUNT', percent: 40, points: 8 } },
      ],
    });
  });
});
