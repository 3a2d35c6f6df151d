import { describe, expect, it } from '@jest/globals';
import type { CardValues, ProductSnapshot, PushCall, PushItem, Sibling } from '#channels/contract';
import { type Answer, NOW, type Request, clientOf, liveCard, run, scripted } from './fixtures/scripted-wildberries.js';
import { compose } from './wildberries.compose.js';
import { OfferReader } from './wildberries.offers.js';
import { peek } from './wildberries.peek.js';
import { push } from './wildberries.push.js';
import { Underway } from './wildberries.underway.js';

const VALUES: CardValues = {
  category: '1057',
  title: 'Платье',
  description: 'Лёгкое.',
  dimensions: { length: 300, width: 250, height: 40, weight: 400 },
  price: { price: 100_00, currency: 'RUB' },
};
function size(key: string, name: string, part: Partial<PushItem> = {}): PushCall {
  const product = { attributes: { Размер: name } } as unknown as ProductSnapshot;
  const item: PushItem = {
    key,
    ids: {},
    values: { ...VALUES, barcodes: [`code-${key}`], ...part.values },
    carry: {},
    product,
    ...(part.siblings ? { siblings: part.siblings } : {}),
  };
  return { item, body: compose('create', item) };
}
const sizes = (...names: string[]) => names.map((name) => size(`DRESS · ${name}`, name));

const OK: Answer = { body: { data: null, error: false, errorText: '', additionalErrors: {} } };
const LISTS: Readonly<Record<string, 'live' | 'trash'>> = { '/content/v2/get/cards/list': 'live', '/content/v2/get/cards/trash': 'trash' };
/** A shop with these cards; `writes` are the requests that are no reading. */
async function creating(calls: readonly PushCall[], cards: Partial<Record<'live' | 'trash', readonly Record<string, unknown>[]>> = {}, underway?: Underway) {
  const world = scripted((request) => {
    const list = LISTS[request.path];
    if (list === undefined) return OK;
    const { settings } = request.body as { settings: { cursor: { nmID?: number } } };
    const found = settings.cursor.nmID === undefined ? (cards[list] ?? []) : [];
    return { body: { cards: found, cursor: { updatedAt: 'x', trashedAt: 'x', nmID: found.at(-1)?.['nmID'] ?? 0, total: found.length } } };
  });
  const outcomes = await push(clientOf(world.ports), 'create', calls, world.ports.clock, run(), underway);
  const writes = world.requests.filter((request: Request) => LISTS[request.path] === undefined);
  return { ...world, outcomes, writes, kinds: outcomes.map((outcome) => outcome.kind) };
}
const card = (...names: string[]) =>
  liveCard({ nmID: 7, vendorCode: 'DRESS', title: 'Платье', sizes: names.map((name, at) => ({ chrtID: at + 1, techSize: name, wbSize: name, skus: [`s-${name}`] })) });

describe('new sizes', () => {
  it('of a card that is not there are made with it, in one entry, beside cards of one size', async () => {
    const { kinds, writes } = await creating([...sizes('S', 'M', 'L'), size('KETTLE', '')]);
    expect(kinds).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(writes.map((request) => request.path)).toEqual(['/content/v2/cards/upload']);
    const groups = writes[0]?.body as { variants: { vendorCode: string; sizes: object[] }[] }[];
    expect(groups.map(({ variants }) => variants.map((one) => one.vendorCode))).toEqual([['KETTLE'], ['DRESS']]);
    expect(groups[1]?.variants[0]?.sizes).toEqual(['S', 'M', 'L'].map((name) => ({ techSize: name, wbSize: name, price: 100, skus: [`code-DRESS · ${name}`] })));
  });

  it('are added to a card that is there, in one update, which makes nothing else', async () => {
    const { kinds, writes } = await creating(sizes('M', 'L'), { live: [card('S')] });
    expect(kinds).toEqual(['accepted', 'accepted']);
    expect(writes.map((request) => request.path)).toEqual(['/content/v2/cards/update']);
    expect(writes[0]?.body).toMatchObject([
      {
        nmID: 7,
        vendorCode: 'DRESS',
        documents: liveCard()['documents'],
        sizes: [
          { chrtID: 1, techSize: 'S' },
          { techSize: 'M', price: 100 },
          { techSize: 'L', price: 100 },
        ],
      },
    ]);
  });

  it('wait for a card that is on its way, or lies in the trash: no second one is made', async () => {
    let now = NOW;
    const underway = new Underway({ now: () => now });
    expect((await creating(sizes('S'), {}, underway)).kinds).toEqual(['accepted']);
    const later = await creating(sizes('M'), {}, underway);
    expect(later.outcomes).toEqual([{ kind: 'not-sent', why: 'waits-its-turn', until: NOW + 60_000 }]);
    expect(later.writes).toEqual([]);
    expect((await creating(sizes('M'), { live: [card('S')] }, underway)).kinds).toEqual(['accepted']);
    now += 36 * 60_000;
    expect((await creating(sizes('L'), {}, underway)).kinds).toEqual(['accepted']);
    const trashed = await creating(sizes('M'), { trash: [card('S')] });
    expect([trashed.kinds, trashed.writes]).toEqual([['not-sent'], []]);
  });

  it('that are there by now are looked at', async () => {
    const { kinds, writes } = await creating(sizes('S'), { live: [card('S', 'M')] });
    expect([kinds, writes]).toEqual([['unsure'], []]);
  });

  it('that want the card otherwise than the first of them, or than those that are there, come without that, and it is told', async () => {
    const siblings: readonly Sibling[] = [{ key: 'DRESS · S', values: { title: 'Платье летнее', dimensions: VALUES.dimensions } }];
    const refusals = [{ path: 'title', code: 'wildberries.sizes-disagree', params: { field: 'title' } }];
    const made = await creating([...sizes('S'), size('DRESS · M', 'M', { values: { title: 'Платье M' } })]);
    expect(made.outcomes).toMatchObject([{ kind: 'accepted' }, { kind: 'accepted', refusals }]);
    expect(made.outcomes[0]).not.toHaveProperty('refusals');
    expect(made.writes[0]?.body).toMatchObject([{ variants: [{ title: 'Платье', sizes: [{ techSize: 'S' }, { techSize: 'M' }] }] }]);
    const added = await creating([size('DRESS · M', 'M', { values: { title: 'Платье M', description: 'Новое.' }, siblings })], { live: [card('S')] });
    expect(added.outcomes).toMatchObject([{ kind: 'accepted', refusals }]);
    expect(added.writes[0]?.body).toMatchObject([{ title: 'Платье', description: 'Новое.', sizes: [{ techSize: 'S' }, { techSize: 'M' }] }]);
  });

  it('make a card that is not there as the first of them wants it, whatever one wants that is not sent', async () => {
    const siblings: readonly Sibling[] = [{ key: 'DRESS · M', values: { title: 'Платье M' } }];
    const { outcomes, writes } = await creating([size('DRESS · S', 'S', { siblings })]);
    expect(outcomes[0]).not.toHaveProperty('refusals');
    expect(writes[0]?.body).toMatchObject([{ variants: [{ title: 'Платье' }] }]);
  });
});

describe('looking at sizes', () => {
  const look = async (keys: readonly string[], cards: readonly Record<string, unknown>[]) => {
    const world = scripted(({ path, body }) => {
      const { settings } = body as { settings: { cursor: { nmID?: number } } };
      const found = path === '/content/v2/get/cards/list' && settings.cursor.nmID === undefined ? cards : [];
      return { body: { cards: found, cursor: { updatedAt: 'x', trashedAt: 'x', nmID: 7, total: found.length } } };
    });
    const client = clientOf(world.ports);
    return peek(client, new OfferReader(client, world.ports), keys, ['barcodes'], run());
  };
  const seen = ({ cards, absent }: Awaited<ReturnType<typeof look>>) => [cards.map((one) => [one.key, one.values.barcodes]), absent];

  it('finds each by its own name, and a size that the card does not have is absent', async () => {
    expect(seen(await look(['DRESS · M', 'DRESS · XL'], [card('S', 'M')]))).toEqual([[['DRESS · M', ['s-M']]], ['DRESS · XL']]);
  });

  it('finds the only size, and the oldest, by the article too', async () => {
    expect(seen(await look(['DRESS · S'], [card('S')]))).toEqual([[['DRESS · S', ['s-S']]], []]);
    expect(seen(await look(['DRESS'], [card('S')]))).toEqual([[['DRESS', ['s-S']]], []]);
    expect(seen(await look(['DRESS', 'DRESS · M'], [card('S', 'M')]))).toEqual([
      [
        ['DRESS', ['s-S']],
        ['DRESS · M', ['s-M']],
      ],
      [],
    ]);
  });
});
