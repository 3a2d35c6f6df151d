import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaStore } from '#catalog';
import sharp from 'sharp';
import { AccountWorld } from './account-world.js';

const CARDS = 30;
const DAY = 86_400;

interface LivePicture {
  readonly url: string;
  readonly content: string;
}

describe('what the pictures of a card show', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
  }, 120_000);
  afterAll(() => world.close());

  const pictures = async (sku: string) => (await world.card(sku)).facets.media.value as readonly LivePicture[];
  const contents = async (sku: string) => (await pictures(sku)).map((picture) => picture.content);

  /** Another integration replaces a card's pictures; shown after task and moderation. */
  async function replacePictures(sku: string, images: readonly string[]): Promise<void> {
    await world.otherIntegration('/v2/product/pictures/import', { items: [{ offer_id: sku, images, primary_image: '', color_image: '' }] });
    await world.jump(60);
    await world.jump(1_200);
  }

  it('colour variants that traded their pictures are told apart, each names the other, and both get their own back', async () => {
    const { rows } = await world.pool.query<{ skus: string[] }>(
      `SELECT array_agg(p.sku ORDER BY p.id) AS skus FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
       WHERE r.document -> 'model' ->> 'code' IS NOT NULL GROUP BY r.document -> 'model' ->> 'code', r.document ->> 'title' HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
    );
    const [red = '', blue = ''] = rows[0]?.skus ?? [];
    const [ofRed, ofBlue] = [await pictures(red), await pictures(blue)];
    await replacePictures(
      red,
      ofBlue.map((picture) => picture.url),
    );
    await replacePictures(
      blue,
      ofRed.map((picture) => picture.url),
    );
    await world.untilInSync(CARDS);
    const { rows: drifts } = await world.pool.query<{ key: string; kind: string; state: string; partners: { sku: string }[] }>(
      'SELECT l.key, d.kind, d.state, d.partners FROM drift d JOIN listing l ON l.id = d.listing_id ORDER BY d.id',
    );
    expect(drifts.map((drift) => [drift.key, drift.kind, drift.state]).sort()).toEqual(
      [
        [red, 'swapped', 'healed'],
        [blue, 'swapped', 'healed'],
      ].sort(),
    );
    expect(drifts.find((drift) => drift.key === red)?.partners.map((partner) => partner.sku)).toContain(blue);
    expect(drifts.find((drift) => drift.key === blue)?.partners.map((partner) => partner.sku)).toContain(red);
    expect([await contents(red), await contents(blue)]).toEqual([ofRed.map((one) => one.content), ofBlue.map((one) => one.content)]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('a card that a process left unverified, though all its pictures were looked at, is judged by the next look', async () => {
    const sku = (await world.skus())[5] ?? '';
    const media = () =>
      world.pool.query<{ state: string }>(`SELECT f.state FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE l.key = $1 AND f.facet = 'media'`, [sku]);
    await world.pool.query(`UPDATE listing_facet SET state = 'unverified' WHERE facet = 'media' AND listing_id = (SELECT id FROM listing WHERE key = $1)`, [sku]);
    await world.lane('sweep');
    expect((await media()).rows).toEqual([{ state: 'unverified' }]);
    await world.lane('pictures');
    expect((await media()).rows).toEqual([{ state: 'in_sync' }]);
    expect(await world.breaches()).toEqual([]);
  });

  it('the same pictures at half size and encoded anew are the same: no alarm, no call', async () => {
    const sku = (await world.skus())[3] ?? '';
    const digests = (await world.products.read.get(sku))?.document.media?.map((one) => one.digest) ?? [];
    const small = await servedSmall(world, digests);
    const [before, from] = [await contents(sku), await world.ledgerEnd()];
    const drifts = (await world.drifts()).length;
    try {
      await replacePictures(sku, small.urls);
      expect(await contents(sku)).not.toEqual(before);
      await world.rounds(3);
    } finally {
      await small.close();
    }
    expect(await world.counts()).toEqual({ in_sync: CARDS });
    expect(await world.drifts()).toHaveLength(drifts);
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('other bytes behind an address already looked at are found by looking again, a hundredth a day, and put right', async () => {
    const sku = (await world.skus())[5] ?? '';
    const [before, urls] = [await contents(sku), (await pictures(sku)).map((one) => one.url)];
    await world.control('POST', `/cards/${encodeURIComponent(sku)}/repaint`, {});
    expect((await pictures(sku)).map((one) => one.url)).toEqual(urls);
    await world.rounds(2);
    expect(await world.counts()).toEqual({ in_sync: CARDS });
    const drifted = async () => (await world.drifts()).some((drift) => drift.key === sku);
    for (let day = 0; day < 80 && !(await drifted()); day++) {
      await world.jump(DAY);
      await world.lane('pictures');
    }
    expect((await world.drifts()).find((drift) => drift.key === sku)).toMatchObject({ facet: 'media', kind: 'photo-replaced' });
    await world.untilInSync(CARDS);
    expect(await contents(sku)).toEqual(before);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

/** The master's pictures at half their size and poor quality, at addresses nobody has seen. */
async function servedSmall(world: AccountWorld, digests: readonly string[]): Promise<{ urls: string[]; close: () => Promise<void> }> {
  const store = new MediaStore(world.pool, `${world.place.dataDir}/media`);
  const bytes = await Promise.all(
    digests.map(async (digest) => {
      const picture = await store.openPicture(digest);
      if (!picture) throw new Error(`no picture ${digest}`);
      const original = await buffer(picture.stream);
      const { width = 2 } = await sharp(original).metadata();
      return sharp(original)
        .resize({ width: Math.round(width / 2) })
        .jpeg({ quality: 60 })
        .toBuffer();
    }),
  );
  const server = createServer((request, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes[Number(request.url?.slice(1, -4))]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { urls: bytes.map((_, at) => `http://127.0.0.1:${port}/${at}.jpg`), close: () => new Promise((resolve) => server.close(() => resolve())) };
}
