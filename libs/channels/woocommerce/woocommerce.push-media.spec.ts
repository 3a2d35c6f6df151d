import { describe, expect, it, jest } from '@jest/globals';
import { RetryLater } from '#kernel';
import type { PushCall } from '#channels/contract';
import { scriptedRun, type ScriptedAnswer } from '#channels/testkit';
import { item, liveVariation, site, slots } from './fixtures/scripted-woocommerce.js';

const run = scriptedRun();
const timeout = new RetryLater('no complete answer', true);

describe('pictures', () => {
  const media = (part: object = {}): PushCall => ({
    item: item({}),
    body: {
      id: 101,
      images: [{ id: 501 }, { src: 'https://hub.test/b.jpg', alt: '' }],
      anew: [{ src: 'https://hub.test/a.jpg', alt: '' }],
      digests: ['a', 'b'],
      noted: [],
      ...part,
    },
  });

  const IMAGES = [
    { id: 501, src: 'https://shop.test/u/a.jpg' },
    { id: 777, src: 'https://shop.test/u/b.jpg' },
  ];
  /** A request about one product, not a batch. */
  const single = ({ path }: { path: string }) => !path.endsWith('/batch');

  it('are sent with those that are there, and which is which is noted on the site', async () => {
    const { channel, requests } = site((request) => (single(request) ? { body: { id: 101, images: IMAGES } } : slots(request, ({ id }) => ({ id }))));
    expect(await channel.push('media', [media()], run)).toMatchObject([{ kind: 'accepted' }]);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/products/101', query: { _fields: 'id,images' } });
    expect(requests[0]?.body).toEqual({ images: [{ id: 501 }, { src: 'https://hub.test/b.jpg', alt: '' }] });
    const note = JSON.stringify([
      { digest: 'a', id: '501', src: 'https://shop.test/u/a.jpg' },
      { digest: 'b', id: '777', src: 'https://shop.test/u/b.jpg' },
    ]);
    expect(requests[1]?.body).toEqual({ update: [{ id: 101, meta_data: [{ key: '_etalon_pictures', value: note }] }] });
  });

  describe('of several products', () => {
    const five = [101, 102, 103, 104, 105].map((id) => media({ id }));
    const noted = async (secondsEach: number) => {
      let time = Date.now();
      const wall = jest.spyOn(Date, 'now').mockImplementation(() => time);
      try {
        const { channel, requests } = site((request) => {
          if (!single(request)) return slots(request, ({ id }) => ({ id }));
          time += secondsEach * 1000;
          return { body: { id: Number(request.path.split('/').at(-1)), images: IMAGES } };
        });
        expect((await channel.push('media', five, run)).map(({ kind }) => kind)).toEqual(five.map(() => 'accepted'));
        return requests.filter((request) => !single(request)).map(({ body }) => (body['update'] as { id: number }[]).map(({ id }) => id));
      } finally {
        wall.mockRestore();
      }
    };

    it('are noted together', async () => expect(await noted(1)).toEqual([[101, 102, 103, 104, 105]]));

    it('are noted every minute on a site that is slow', async () =>
      expect(await noted(25)).toEqual([
        [101, 102, 103],
        [104, 105],
      ]));
  });

  describe('of which several are new', () => {
    const src = (name: string) => ({ src: `https://hub.test/${name}.jpg`, alt: '' });
    const three = media({ images: [src('a'), { id: 501 }, src('b'), src('c')], shown: [{ id: 9 }], digests: ['a', 'k', 'b', 'c'] });
    /** Takes in what it is sent, one number after another. */
    const library = (fails: (src: string) => ScriptedAnswer | undefined = () => undefined) => {
      let last = 600;
      return site((request) => {
        if (!single(request)) return slots(request, ({ id }) => ({ id }));
        const images = (request.body['images'] as { id?: number; src?: string }[]).map((image) => ({ id: image.id ?? (last += 1), src: image.src ?? 'x' }));
        const failed = images.map((image) => fails(image.src)).find((answer) => answer !== undefined);
        return failed ?? { body: { id: 101, images } };
      });
    };

    it('go one by one, those shown before stay until the last is there', async () => {
      const { channel, requests } = library();
      expect(await channel.push('media', [three], run)).toMatchObject([{ kind: 'accepted' }]);
      expect(requests.filter(single).map(({ body }) => body['images'])).toEqual([
        [src('a'), { id: 9 }],
        [{ id: 601 }, { id: 501 }, src('b'), { id: 9 }],
        [{ id: 601 }, { id: 501 }, { id: 602 }, src('c')],
      ]);
    });

    it('end with the one that cannot be fetched or whose answer is lost; nothing is sent again', async () => {
      const refused = library((name) => (name.includes('/b.') ? { status: 400, body: { code: 'woocommerce_product_image_upload_error', message: 'нет' } } : undefined));
      expect(await refused.channel.push('media', [three], run)).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'media' }] }]);
      expect(refused.requests.filter(single)).toHaveLength(2);
      const lost = library((name) => (name.includes('/c.') ? { fails: timeout } : undefined));
      expect(await lost.channel.push('media', [three], run)).toMatchObject([{ kind: 'unsure' }]);
      expect(lost.requests.filter(single)).toHaveLength(3);
    });
  });

  it('are fetched anew when the site deleted one that we noted', async () => {
    const { channel, requests } = site((request, index) => {
      if (index === 0) return { status: 400, body: { code: 'woocommerce_product_invalid_image_id', message: 'нет' } };
      return single(request) ? { body: { id: 101, images: [] } } : slots(request, ({ id }) => ({ id }));
    });
    expect(await channel.push('media', [media()], run)).toMatchObject([{ kind: 'accepted' }]);
    expect(requests[1]?.body).toEqual({ images: [{ src: 'https://hub.test/a.jpg', alt: '' }] });
  });

  it('that cannot be fetched are refused for that card alone; a note that cannot be written costs nothing', async () => {
    const { channel } = site((request) => {
      if (!single(request)) return { status: 500, body: 'PHP Fatal error' };
      return request.path.endsWith('/101')
        ? { status: 400, body: { code: 'woocommerce_product_image_upload_error', message: 'нет' } }
        : { body: { id: 102, image: { id: 1, src: 'x' } } };
    });
    const variation = media({ id: 102, parent: 200 });
    expect(await channel.push('media', [media(), variation], run)).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'media' }] }, { kind: 'accepted' }]);
  });

  it('of a variation have a room for one', async () => {
    const { channel, requests } = site((request) => (single(request) ? { body: liveVariation() } : slots(request, ({ id }) => ({ id }))));
    await channel.push('media', [media({ id: 201, parent: 200, digests: ['a'] })], run);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/products/200/variations/201', query: { _fields: 'id,image' }, body: { image: { id: 501 } } });
  });
});
