import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BRANCH, KETTLES, LONG, offer, POWER, STORE, yandexMarketWorld, type ListAnswer, type Results, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

let world: YandexMarketWorld;
beforeAll(async () => {
  world = await yandexMarketWorld();
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  await world.control('/reset', { seed: 'content', cabinet: { limits: 'off' } });
});

const update = (offers: object[], key?: 'A' | 'B') => world.business<Results>('/offer-mappings/update', { offerMappings: offers.map((one) => ({ offer: one })) }, key);

describe('an offer', () => {
  it('is not there at once, then has its pictures fetched, then gets a card', async () => {
    await world.control('/seed', { cabinet: { catalog_seconds: [60, 60], card_seconds: [100, 100], media_seconds: [100, 100] } });
    expect(await update([offer('A-1', { pictures: [world.picture('front'), world.picture('broken')] })])).toEqual({ status: 'OK' });
    expect(await world.find('A-1')).toBeUndefined();
    await world.jump(60);
    expect((await world.find('A-1'))?.offer).toMatchObject({ cardStatus: 'NO_CARD_PROCESSING', campaigns: [{ campaignId: STORE, status: 'CREATING_CARD' }, {}] });
    await world.jump(LONG);
    const found = await world.find('A-1');
    expect(found).toMatchObject({
      offer: {
        name: 'Чайник A-1',
        cardStatus: 'HAS_CARD_CAN_UPDATE',
        weightDimensions: { length: 22, width: 16.5, height: 25, weight: 1.242 },
        basicPrice: { value: 3990, discountBase: 4990 },
      },
      mapping: { marketCategoryId: KETTLES },
    });
    expect(found?.offer.pictures).toEqual([world.picture('front'), world.picture('broken')]);
    expect(found?.offer.mediaFiles?.pictures).toEqual([
      { url: expect.stringContaining('/yandex-market-cdn/') as unknown as string, uploadState: 'UPLOADED' },
      { url: world.picture('broken'), uploadState: 'FAILED' },
    ]);
  });

  it('keeps its card from being made while something mandatory is missing, and gets it once it is sent', async () => {
    await update([offer('A-2', { description: '', pictures: [world.picture('a')], parameterValues: undefined })]);
    await world.jump(LONG);
    expect((await world.find('A-2'))?.offer.cardStatus).toBe('NO_CARD_ERRORS');
    await update([{ offerId: 'A-2', description: 'Описание появилось' }]);
    await world.jump(LONG);
    expect((await world.find('A-2'))?.offer.cardStatus).toBe('NO_CARD_NEED_CONTENT');
    await world.business('/offer-cards/update', { offersContent: [{ offerId: 'A-2', categoryId: KETTLES, parameterValues: [{ parameterId: POWER, value: '900' }] }] });
    await world.jump(LONG);
    await world.jump(LONG);
    expect((await world.find('A-2'))?.offer.cardStatus).toBe('HAS_CARD_CAN_UPDATE');
  });
});

describe('one wrong offer', () => {
  it('keeps the whole request from being applied, with 200', async () => {
    await world.create('B-1');
    const answer = await update([
      { offerId: 'B-1', name: 'Новое имя' },
      { offerId: 'B-2', marketCategoryId: BRANCH },
      { offerId: 'B-3', marketCategoryId: 5 },
      { offerId: 'B-4', parameterValues: [{ parameterId: 1, value: 'x' }] },
    ]);
    expect(answer).toMatchObject({
      status: 'ERROR',
      results: [
        { offerId: 'B-2', errors: [{ type: 'INVALID_CATEGORY' }] },
        { offerId: 'B-3', errors: [{ type: 'UNKNOWN_CATEGORY' }] },
        { offerId: 'B-4', errors: [{ type: 'EMPTY_MARKET_CATEGORY' }] },
      ],
    });
    await world.jump(LONG);
    expect((await world.find('B-1'))?.offer.name).toBe('Чайник B-1');
  });

  it('is told by the kind of value that does not fit', async () => {
    await world.create('B-5');
    const values = [
      { parameterId: 42, value: 'x' },
      { parameterId: POWER, value: 'много' },
      { parameterId: POWER, value: '5', unitId: 1 },
      { parameterId: 200, value: 'x'.repeat(256) },
    ];
    const { results } = await update([{ offerId: 'B-5', parameterValues: values }]);
    expect(results?.[0]?.errors?.map((one) => one.type)).toEqual(['UNKNOWN_PARAMETER', 'NUMBER_FORMAT', 'INVALID_UNIT_ID', 'INVALID_GROUP_ID_LENGTH']);
  });

  it('that is only warned about is applied', async () => {
    await world.create('B-6');
    await world.control('/cards/B-6/measure', {});
    const answer = await update([{ offerId: 'B-6', name: 'Измеренный чайник', weightDimensions: { length: 1, width: 1, height: 1, weight: 1 } }]);
    expect(answer).toMatchObject({ status: 'OK', results: [{ offerId: 'B-6', warnings: [{ type: 'LOCKED_DIMENSIONS' }] }] });
    await world.jump(LONG);
    expect((await world.find('B-6'))?.offer).toMatchObject({ name: 'Измеренный чайник', weightDimensions: { length: 22 } });
  });
});

describe('a change', () => {
  it('leaves what it does not name, is checked meanwhile, and cleans texts', async () => {
    await world.create('C-1');
    await update([{ offerId: ' C-1 ', description: '<script>x</script><p onclick="y">Новое</p><b>слово</b>' }]);
    expect((await world.find('C-1'))?.offer.cardStatus).toBe('HAS_CARD_CAN_UPDATE_PROCESSING');
    await world.jump(LONG);
    expect((await world.find('C-1'))?.offer).toMatchObject({ name: 'Чайник C-1', description: '<p>Новое</p>слово', cardStatus: 'HAS_CARD_CAN_UPDATE' });
  });

  it('with contact data is refused later, and the live card stays', async () => {
    await world.create('C-2');
    expect(await update([{ offerId: 'C-2', name: 'Пишите на a@b.ru' }])).toEqual({ status: 'OK' });
    await world.jump(LONG);
    expect((await world.find('C-2'))?.offer).toMatchObject({ name: 'Чайник C-2', cardStatus: 'HAS_CARD_CAN_UPDATE_ERRORS' });
    const { result } = await world.business<{ result: { offerCards: { errors: { message: string }[] }[] } }>('/offer-cards', { offerIds: ['C-2'] });
    expect(result.offerCards[0]?.errors[0]?.message).toContain('контактные');
  });

  it('clears what it asks to be cleared, but not together with a value', async () => {
    await world.create('C-3');
    const both = await world.api('/v2/businesses/9000001/offer-mappings/update', {
      body: { offerMappings: [{ offer: { offerId: 'C-3', barcodes: ['1'], deleteParameters: ['BARCODES'] } }] },
    });
    expect(both.status).toBe(400);
    await update([{ offerId: 'C-3', deleteParameters: ['BARCODES', 'PICTURES', 'PARAMETERS'] }]);
    await world.jump(LONG);
    const { offer: now } = (await world.find('C-3')) ?? { offer: undefined };
    expect([now?.barcodes, now?.pictures, now?.mediaFiles]).toEqual([undefined, undefined, undefined]);
  });

  it('of a picture needs a new address: an old one is not fetched again', async () => {
    await world.create('C-4');
    const before = (await world.find('C-4'))?.offer.mediaFiles?.pictures[0]?.url;
    await update([{ offerId: 'C-4', pictures: [world.picture('C-4'), world.picture('second')] }]);
    await world.jump(LONG);
    await world.jump(LONG);
    const after = (await world.find('C-4'))?.offer.mediaFiles?.pictures;
    expect(after?.map((one) => one.uploadState)).toEqual(['UPLOADED', 'UPLOADED']);
    expect(after?.[0]?.url).toBe(before);
    const image = await fetch(after?.[1]?.url ?? '');
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  });
});

describe('characteristics', () => {
  it('are merged one by one; what no list has is dropped and told', async () => {
    await world.create('D-1');
    const schema = await world.api<{ result: { parameters: { id: number; name: string; type: string; allowCustomValues: boolean; values?: { id: number; value: string }[] }[] } }>(
      `/v2/category/${KETTLES}/parameters`,
      { method: 'POST' },
    );
    const country = schema.body.result.parameters.find((one) => one.type === 'ENUM' && !one.allowCustomValues);
    const colour = schema.body.result.parameters.find((one) => one.name.startsWith('Цвет'));
    const [first] = country?.values ?? [];
    const content = (parameterValues: object[]) => world.business<Results>('/offer-cards/update', { offersContent: [{ offerId: 'D-1', categoryId: KETTLES, parameterValues }] });
    await content([
      { parameterId: country?.id, value: first?.value },
      { parameterId: colour?.id, value: 'цвет морской волны' },
    ]);
    await world.jump(LONG);
    const read = async () =>
      (
        await world.business<{ result: { offerCards: { parameterValues: { parameterId: number }[]; warnings?: object[]; contentRating: number; recommendations?: object[] }[] } }>(
          '/offer-cards',
          {
            offerIds: ['D-1'],
            withRecommendations: true,
          },
        )
      ).result.offerCards[0];
    const known = await read();
    expect(known?.parameterValues).toEqual([
      expect.objectContaining({ parameterId: POWER, value: '1200' }),
      { parameterId: country?.id, valueId: first?.id, value: first?.value },
      { parameterId: colour?.id, value: 'цвет морской волны' },
    ]);
    expect(known?.recommendations?.length).toBeGreaterThan(0);
    await content([
      { parameterId: country?.id, value: 'Атлантида' },
      { parameterId: colour?.id, value: '' },
    ]);
    await world.jump(LONG);
    expect(await read()).toMatchObject({ parameterValues: [{ parameterId: POWER }], warnings: [{ message: expect.stringContaining('Атлантида') as unknown as string }] });
  });

  it('name the category they are of: alone that is a touch of it, with them none', async () => {
    await world.create('D-2');
    await update([{ offerId: 'D-2', marketCategoryId: KETTLES, parameterValues: [{ parameterId: POWER, value: '1300' }] }]);
    await world.jump(LONG);
    await update([{ offerId: 'D-2', marketCategoryId: KETTLES }]);
    await world.jump(LONG);
    const { entries } = (await world.control<{ entries: { offer_id: string; facets: { facet: string; needless: boolean }[] }[] }>('/ledger?limit=1000')).body;
    const touches = entries.filter((one) => one.offer_id === 'D-2').slice(-2);
    expect(touches.map(({ facets }) => facets.map(({ facet, needless }) => `${facet} ${needless}`))).toEqual([['attributes false'], ['category true']]);
  });

  it('of a branch or of nobody are refused', async () => {
    expect((await world.api(`/v2/category/${BRANCH}/parameters`, { method: 'POST' })).body).toMatchObject({ errors: [{ message: 'Category is not a leaf.' }] });
    expect((await world.api('/v2/category/5/parameters', { method: 'POST' })).status).toBe(404);
    const { results, status } = await world.business<Results>('/offer-cards/update', {
      offersContent: [{ offerId: 'nobody', categoryId: KETTLES, parameterValues: [{ parameterId: POWER, value: '1' }] }],
    });
    expect([status, results?.[0]?.errors?.[0]?.type]).toEqual(['ERROR', 'OFFER_NOT_FOUND']);
  });
});

it('walks the catalog by tokens: no offer twice, none left out, the archive apart', async () => {
  await world.control('/seed', { cards: 230 });
  await world.business('/offer-mappings/archive', { offerIds: ['SYN-000001', 'nobody'] });
  await world.jump(LONG);
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const { result }: ListAnswer = await world.business(`/offer-mappings?limit=500${token ? `&page_token=${token}` : ''}`, {});
    expect(result.offerMappings.length).toBeLessThanOrEqual(100);
    seen.push(...result.offerMappings.map((one) => one.offer.offerId));
    token = result.paging.nextPageToken;
  } while (token);
  expect([seen.length, new Set(seen).size]).toEqual([229, 229]);
  const archived = await world.business<ListAnswer>('/offer-mappings', { archived: true });
  expect(archived.result.offerMappings.map((one) => one.offer.offerId)).toEqual(['SYN-000001']);
});

it('lets the market move an offer to another category, and the seller move it back', async () => {
  await world.create('E-1');
  await world.control('/cards/E-1/move-category', {});
  const moved = await world.find('E-1');
  expect([moved?.offer.marketCategoryId, moved?.mapping.marketCategoryId === KETTLES]).toEqual([KETTLES, false]);
  await update([{ offerId: 'E-1', marketCategoryId: KETTLES }]);
  await world.jump(LONG);
  expect((await world.find('E-1'))?.mapping.marketCategoryId).toBe(KETTLES);
});
