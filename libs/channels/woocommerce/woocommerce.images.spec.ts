import { describe, expect, it } from '@jest/globals';
import { liveProduct } from './fixtures/scripted-woocommerce.js';
import { imagesToSend, othersShown, picturesAfter } from './woocommerce.images.js';
import { keptPictures, picturesMeta } from './woocommerce.meta.js';

const image = (id: number, name: string) => ({ id, src: `https://shop.test/u/${name}.jpg` });
const kept = (digest: string, id: number, name: string) => ({ digest, id: String(id), src: image(id, name).src });
const wanted = (...digests: string[]) => digests.map((digest) => ({ digest, url: `https://hub.test/${digest}-n1.jpg` }));
const product = (images: readonly object[], notes: Parameters<typeof picturesMeta>[0]) =>
  liveProduct({
    images,
    meta_data: [
      { id: 1, key: 'other', value: [1] },
      { id: 2, ...picturesMeta(notes) },
    ],
  });
const sent = (images: readonly object[], notes: Parameters<typeof picturesMeta>[0], ...digests: string[]) =>
  imagesToSend(product(images, notes), images, wanted(...digests), 'Чайник');
const fresh = (digest: string) => ({ src: `https://hub.test/${digest}-n1.jpg`, name: 'Чайник', alt: 'Чайник' });

describe('pictures of a product', () => {
  it('that the site has go by their ids, in the new order; only the new one is fetched', () => {
    const notes = [kept('a', 501, 'a'), kept('b', 502, 'b')];
    expect(sent([image(501, 'a'), image(502, 'b')], notes, 'b', 'a', 'c')).toEqual([{ id: 502 }, { id: 501 }, fresh('c')]);
  });

  it('that a stranger took out of the gallery are put back without another copy', () => {
    expect(sent([image(502, 'b')], [kept('a', 501, 'a'), kept('b', 502, 'b')], 'a', 'b')).toEqual([{ id: 501 }, { id: 502 }]);
  });

  it('whose file is another one now are fetched anew', () => {
    expect(sent([image(501, 'swapped'), image(502, 'b')], [kept('a', 501, 'a'), kept('b', 502, 'b')], 'a', 'b')).toEqual([fresh('a'), { id: 502 }]);
  });

  it('are the same files wherever the site serves them from, and whatever it converted them to', () => {
    const moved = (id: number, name: string) => ({ id, src: `https://cdn.test/x/${name}.jpg.webp?w=800#a` });
    expect(sent([moved(501, 'a'), moved(502, 'b')], [kept('a', 501, 'a'), kept('b', 502, 'b')], 'b', 'a')).toEqual([{ id: 502 }, { id: 501 }]);
  });

  it('are all fetched anew when the ids are right and what is behind them is not', () => {
    expect(sent([image(501, 'a'), image(502, 'b')], [kept('a', 501, 'a'), kept('b', 502, 'b')], 'a', 'b')).toEqual([fresh('a'), fresh('b')]);
  });

  it('that arrived although the answer was lost are known by their names, whatever the site added to them', () => {
    const digest = 'a1'.repeat(32);
    for (const name of [`2026/11/${digest}-0f0f`, `2026/11/${digest}-0f0f-1`, `2026/11/${digest}-0f0f-scaled`])
      expect(sent([image(501, name)], [], 'b', digest)).toEqual([fresh('b'), { id: 501 }]);
    expect(sent([image(501, `${digest}0-0f0f`)], [], 'b', digest)).toEqual([fresh('b'), fresh(digest)]);
  });

  it('that are shown and not sent stay to be seen meanwhile', () => {
    expect(othersShown([image(7, 'x'), image(8, 'y')], [{ id: 8 }, fresh('a')])).toEqual([{ id: 7 }]);
  });

  it('that are not ours are replaced', () => {
    expect(sent([image(900, 'x')], [], 'a')).toEqual([fresh('a')]);
  });

  it('are noted by what the site answered, and the notes survive being written down', () => {
    const notes = picturesAfter([kept('old', 400, 'old'), kept('a', 500, 'a0')], [{ digest: 'a' }, { digest: 'b' }], [image(501, 'a'), image(502, 'b')]);
    expect(notes).toEqual([kept('a', 501, 'a'), kept('b', 502, 'b'), kept('old', 400, 'old')]);
    expect(keptPictures(product([], notes))).toEqual(notes);
  });

  it.each(['not json', '{"a":1}', '[{"digest":"a","id":"x"}]', 7])('are unknown when the note cannot be read: %j', (value) => {
    expect(keptPictures(liveProduct({ meta_data: [{ key: '_etalon_pictures', value }] }))).toEqual([]);
  });
});
