import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COLOUR, CONTENT, edited, group, KETTLES, LONG, variant, wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';

let world: WildberriesWorld;
beforeAll(async () => {
  world = await wildberriesWorld();
});
afterAll(() => world.close());

interface Drafts {
  data: {
    items: { vendorCodes: string[]; errors: Record<string, string[]>; updatedAt: string; batchUUID: string }[];
    cursor: { next: boolean; updatedAt: string; batchUUID: string };
  };
}
const upload = (body: unknown) => world.api<{ errorText: string; additionalErrors: Record<string, string> }>(`${CONTENT}/cards/upload`, { body });
const update = (body: unknown) => world.api(`${CONTENT}/cards/update`, { body });
const drafts = async (): Promise<Drafts['data']['items']> => {
  await world.jump(60);
  return (await world.api<Drafts>(`${CONTENT}/cards/error/list`, { body: { cursor: { limit: 100 }, order: { ascending: true } } })).body.data.items;
};
const errorsOf = async (article: string): Promise<string[]> => (await drafts()).flatMap((batch) => batch.errors[article] ?? []);

describe('creation', () => {
  it('is answered at once and done later', async () => {
    const sent = await upload([group('LATER-1')]);
    expect(sent.body).toEqual({ data: null, error: false, errorText: '', additionalErrors: {} });
    expect(await world.find('LATER-1')).toBeUndefined();
    await world.jump(LONG);
    const card = await world.find('LATER-1');
    expect(card).toMatchObject({ vendorCode: 'LATER-1', subjectID: KETTLES, dimensions: { length: 22, weightBrutto: 1.242, isValid: true } });
    expect(card?.characteristics).toEqual([{ id: COLOUR, name: 'Цвет', value: ['белый'] }]);
    expect(card?.sizes[0]).toMatchObject({ techSize: '0', wbSize: '' });
  });

  it('fills in what was left out: zeros, a size and a barcode', async () => {
    await upload([{ subjectID: KETTLES, variants: [{ vendorCode: 'BARE-1' }] }]);
    await world.jump(LONG);
    const card = await world.find('BARE-1');
    expect(card).toMatchObject({ title: '', dimensions: { length: 0, weightBrutto: 0, isValid: false } });
    expect(card?.sizes[0]?.skus[0]).toMatch(/^204\d{10}$/);
  });

  it('puts variants of one group under one imtID and lone cards under their own', async () => {
    const red = { characteristics: [{ id: COLOUR, value: ['красный'] }] };
    await upload([{ subjectID: KETTLES, variants: [variant('PAIR-W'), variant('PAIR-R', red)] }, group('LONE-1')]);
    await world.jump(LONG);
    const [white, other, lone] = [await world.find('PAIR-W'), await world.find('PAIR-R'), await world.find('LONE-1')];
    expect(white?.imtID).toBe(other?.imtID);
    expect(lone?.imtID).not.toBe(white?.imtID);
  });

  it.each([
    ['a bare object', group('X'), 'Invalid request format', {}],
    ['no article', [{ subjectID: KETTLES, variants: [{ title: 'Чайник' }] }], 'A card cannot be created without a vendorCode', {}],
    ['an unknown subject', [{ subjectID: 9, variants: [{ vendorCode: 'X' }] }], 'This category does not exist', { id: '9' }],
    [
      'twins in a group',
      [{ subjectID: KETTLES, variants: [variant('T-1'), variant('T-2')] }],
      'non unique characteristics in one group',
      { 'T-2': `non unique characteristics in group with ids: {${COLOUR}}` },
    ],
  ])('refuses %s at once', async (_what, body, errorText, additionalErrors) => {
    const { status, body: answer } = await upload(body);
    await world.jump(60);
    expect([status, answer.errorText, answer.additionalErrors]).toEqual([400, errorText, additionalErrors]);
  });

  it('refuses a group of which one article is taken, and a body that is no JSON', async () => {
    await world.create('TAKEN-1');
    const taken = await upload([group('TAKEN-1')]);
    expect([taken.status, taken.body.errorText]).toEqual([400, "bad request; Unexpected the specified card's vendor code is used in other cards"]);
    const broken = await world.api<string>(`${CONTENT}/cards/upload`, { body: '{oops' });
    expect([broken.status, broken.body]).toEqual([400, 'Request body can not be decoded']);
    expect(broken.headers.get('content-type')).toContain('text/plain');
    await world.jump(60);
  });

  it('names missing required characteristics by their ids', async () => {
    const { status, body } = await upload([{ subjectID: 1039, variants: [{ vendorCode: 'REQ-1' }] }]);
    const subjects = await world.api<{ data: { subjectID: number }[] }>(`${CONTENT}/object/all?limit=1000`);
    const needs = await Promise.all(
      subjects.body.data.slice(0, 3).map(({ subjectID }) => world.api<{ data: { charcID: number; required: boolean }[] }>(`${CONTENT}/object/charcs/${subjectID}`)),
    );
    expect(needs.every((one) => one.status === 200)).toBe(true);
    if (status === 400) expect(body.additionalErrors['REQ-1']).toMatch(/^missing required characteristics with ids: \{\d+\}/);
    await world.jump(LONG);
  });

  it('leaves a draft with its reasons when the card turns out wrong', async () => {
    expect((await upload([group('MAIL-1', { title: 'Пишите на a@b.ru' }), group('LONG-1', { title: 'я'.repeat(61) })])).status).toBe(200);
    await world.jump(LONG);
    expect(await errorsOf('MAIL-1')).toEqual(['Запрещено использовать E-Mail в поле Наименование']);
    expect(await errorsOf('LONG-1')).toEqual(['Наименование не может быть длиннее 60 символов']);
    expect(await world.find('MAIL-1')).toBeUndefined();
    await world.create('MAIL-1');
    expect(await errorsOf('MAIL-1')).toEqual([]);
    expect(await errorsOf('LONG-1')).toHaveLength(1);
  });
});

describe('an update', () => {
  it('overwrites everything it does not name, pictures and tags excepted', async () => {
    const [card] = await world.create('OVER-1');
    if (!card) throw new Error('not made');
    await update([{ nmID: card.nmID, vendorCode: 'OVER-1', sizes: card.sizes, title: 'Только имя' }]);
    await world.jump(LONG);
    const after = await world.find('OVER-1');
    expect(after).toMatchObject({ title: 'Только имя', description: '', brand: '', characteristics: [], dimensions: { length: 0, isValid: false } });
    expect(after?.sizes).toEqual(card.sizes);
    expect(Date.parse(after?.updatedAt ?? '')).toBeGreaterThan(Date.parse(card.updatedAt));
  });

  it('moves updatedAt even when nothing changed, and never the subject', async () => {
    const [card] = await world.create('SAME-1');
    if (!card) throw new Error('not made');
    await update([edited(card, { subjectID: 1002, subjectName: 'Утюг' })]);
    await world.jump(LONG);
    const after = await world.find('SAME-1');
    expect({ ...after, updatedAt: '' }).toEqual({ ...card, updatedAt: '' });
    expect(after?.updatedAt).not.toBe(card.updatedAt);
  });

  it('adds barcodes and takes none away', async () => {
    const [card] = await world.create('CODES-1');
    const [size] = card?.sizes ?? [];
    if (!card || !size) throw new Error('not made');
    await update([edited(card, { sizes: [{ chrtID: size.chrtID, techSize: '0', skus: ['4600000000017'] }] })]);
    await world.jump(LONG);
    expect((await world.find('CODES-1'))?.sizes[0]?.skus).toEqual([...size.skus, '4600000000017']);
  });

  it('leaves the card as it was and a draft when a size comes without its chrtID', async () => {
    const [card] = await world.create('NOCHRT-1');
    if (!card) throw new Error('not made');
    expect((await update([edited(card, { title: 'Другое имя', sizes: [{ skus: card.sizes[0]?.skus }] })])).status).toBe(200);
    await world.jump(LONG);
    expect((await world.find('NOCHRT-1'))?.title).toBe(card.title);
    expect((await errorsOf('NOCHRT-1')).join()).toContain('Измените артикул');
  });

  it('erases members it does not know of unless they are sent back', async () => {
    const [card] = await world.create('DOCS-1');
    if (!card) throw new Error('not made');
    await world.control('/cards/DOCS-1/document', {});
    const withDocument = await world.find('DOCS-1');
    expect(withDocument?.documents).toBeDefined();
    await update([edited(withDocument ?? card)]);
    await world.jump(LONG);
    expect((await world.find('DOCS-1'))?.documents).toEqual(withDocument?.documents);
    await update([edited(card)]);
    await world.jump(LONG);
    expect((await world.find('DOCS-1'))?.documents).toBeUndefined();
  });
});

describe('the walk', () => {
  it('shows every card once by updatedAt and nmID, and a changed card again at the end', async () => {
    const before = await world.walk(3);
    expect(new Set(before.map((card) => card.nmID)).size).toBe(before.length);
    const keys = before.map((card) => Date.parse(card.updatedAt) * 1e3 + (card.nmID % 1e3));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    const [first] = before;
    if (!first) throw new Error('no cards');
    await update([edited(first, { title: 'В конец' })]);
    await world.jump(LONG);
    expect((await world.walk(3)).at(-1)?.nmID).toBe(first.nmID);
  });

  it('gives ten cards when no limit is named', async () => {
    await world.control('/seed', { cards: 15, seed: 1 });
    await world.jump(1);
    const { body } = await world.api<{ cards: object[]; cursor: { total: number } }>(`${CONTENT}/get/cards/list`, { body: {} });
    expect([body.cards.length, body.cursor.total]).toEqual([10, 10]);
  });
});
