import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { COLOUR, CONTENT, group, KETTLES, LONG, variant, wildberriesWorld, type ListedCard, type WildberriesWorld } from './sandbox-wildberries-world.js';

let world: WildberriesWorld;
beforeAll(async () => {
  world = await wildberriesWorld();
  await world.control('/seed', { cabinet: { limits: 'off' } });
});
afterAll(() => world.close());

const made = async (article: string): Promise<ListedCard> => {
  const [card] = await world.create(article);
  if (!card) throw new Error('not made');
  return card;
};

describe('media', () => {
  interface Truth {
    facets: { media: { value: { content: string }[] } };
  }
  const save = (nmId: number, ...data: string[]) => world.api('/content-api/content/v3/media/save', { body: { nmId, data } });
  const contents = async (article: string): Promise<string[]> => (await world.control<Truth>(`/cards/${article}`)).body.facets.media.value.map((one) => one.content);
  /** Waits in wall time, because pictures come over the wire, until no work is left. */
  const settled = async (): Promise<void> => {
    await world.jump(LONG);
    while ((await world.control<{ open_tasks: number }>('/stats')).body.open_tasks > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('replaces all pictures in the order of their addresses, under addresses of the market', async () => {
    const card = await made('PICS-1');
    await save(card.nmID, world.picture('one'), world.picture('two'));
    expect((await world.find('PICS-1'))?.photos).toBeUndefined();
    await settled();
    const [one, two] = await contents('PICS-1');
    const photos = (await world.find('PICS-1'))?.photos ?? [];
    expect(photos).toHaveLength(2);
    for (const url of [photos[0]?.big, photos[1]?.tm]) {
      expect(url).toContain(`${world.url}/wildberries-cdn/`);
      const { width } = await sharp(Buffer.from(await (await fetch(url ?? '')).arrayBuffer())).metadata();
      expect(width).toBe(720);
    }
    await save(card.nmID, world.picture('two'), photos[0]?.big ?? '');
    await settled();
    expect(await contents('PICS-1')).toEqual([two, one]);
  });

  it('loads nothing when one file is bad, although it answered 200', async () => {
    const card = await made('PICS-2');
    await save(card.nmID, world.picture('good'));
    await settled();
    const before = await contents('PICS-2');
    expect((await save(card.nmID, world.picture('better'), world.picture('broken'))).status).toBe(200);
    await settled();
    expect(await contents('PICS-2')).toEqual(before);
    await world.control('/seed', { cabinet: { least_picture: [700, 900] } });
    expect((await save(card.nmID, world.picture('small'))).status).toBe(200);
    await settled();
    expect(await contents('PICS-2')).toEqual(before);
    await save(card.nmID, world.picture('large'));
    await settled();
    expect(await contents('PICS-2')).not.toEqual(before);
  });

  it('refuses links that are none, a body without nmId, and an unknown card', async () => {
    const card = await made('PICS-3');
    expect([(await save(card.nmID, 'not a link')).status, (await save(5, world.picture('x'))).status]).toEqual([409, 400]);
    expect((await world.api('/content-api/content/v3/media/save', { body: { data: [] } })).status).toBe(422);
  });

  it('takes a file for a place, and one beyond the last for the end', async () => {
    const card = await made('PICS-4');
    const file = async (name: string, place: number): Promise<number> => {
      const form = new FormData();
      form.set('uploadfile', new Blob([new Uint8Array(await (await fetch(world.picture(name))).arrayBuffer())]), 'picture.png');
      return (await world.api('/content-api/content/v3/media/file', { method: 'POST', body: form, headers: { 'x-nm-id': String(card.nmID), 'x-photo-number': String(place) } }))
        .status;
    };
    expect([await file('first', 1), await file('second', 9)]).toEqual([200, 200]);
    const [first, second] = await contents('PICS-4');
    await file('other', 1);
    const after = await contents('PICS-4');
    expect(after).toEqual([expect.not.stringContaining(first ?? ''), second]);
  });
});

describe('groups', () => {
  const coloured = (article: string, colour: string): object => variant(article, { characteristics: [{ id: COLOUR, value: [colour] }] });
  const move = (body: object) => world.api<{ errorText: string }>(`${CONTENT}/cards/moveNm`, { body });
  const imt = async (article: string): Promise<number | undefined> => (await world.find(article))?.imtID;

  it('are merged and split; those split together stay together', async () => {
    await world.api(`${CONTENT}/cards/upload`, { body: ['белый', 'красный', 'синий'].map((colour) => ({ subjectID: KETTLES, variants: [coloured(`G-${colour}`, colour)] })) });
    await world.jump(LONG);
    const [white, red, blue] = [await world.find('G-белый'), await world.find('G-красный'), await world.find('G-синий')];
    if (!white || !red || !blue) throw new Error('not made');
    expect((await move({ targetIMT: white.imtID, nmIDs: [red.nmID, blue.nmID] })).status).toBe(200);
    expect([await imt('G-красный'), await imt('G-синий')]).toEqual([white.imtID, white.imtID]);
    expect((await move({ targetIMT: white.imtID, nmIDs: [red.nmID] })).body.errorText).toBe('Все карточки находятся в одной группе');
    await move({ nmIDs: [red.nmID, blue.nmID] });
    expect(await imt('G-красный')).toBe(await imt('G-синий'));
    expect(await imt('G-красный')).not.toBe(white.imtID);
  });

  it('take new cards that differ, and none of another subject', async () => {
    const card = await made('G-1');
    const add = (...cardsToAdd: object[]) => world.api<{ errorText: string }>(`${CONTENT}/cards/upload/add`, { body: { imtID: card.imtID, cardsToAdd } });
    expect((await add(coloured('G-2', 'белый'))).body.errorText).toBe('non unique characteristics in one group');
    expect((await add(coloured('G-2', 'серый'))).status).toBe(200);
    await world.jump(LONG);
    expect(await imt('G-2')).toBe(card.imtID);
    await world.api(`${CONTENT}/cards/upload`, { body: [{ ...group('IRON-1'), subjectID: KETTLES + 1 }] });
    await world.jump(LONG);
    const iron = await world.find('IRON-1');
    expect((await move({ targetIMT: card.imtID, nmIDs: [iron?.nmID] })).body.errorText).toBe('Объединение товаров с разными предметами невозможно');
  });
});
