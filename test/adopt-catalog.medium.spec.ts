import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobEnd, JobKind } from '#catalog';
import { FACETS } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { addAccount } from '#listings';
import { draftedCards, inTransaction, wholeCard } from '#reconcile';
import { migrate } from '../apps/hub/start/migrations.js';
import { AccountWorld } from './account-world.js';
import { AdoptingJobs } from './adopting-jobs.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const CARDS = 12;

/** An account with every facet in the seller's hands. */
async function connected(databaseUrl: string, sandboxUrl: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on('error', () => undefined);
  try {
    return await inTransaction(pool, (client) =>
      addAccount(client, {
        channel: 'ozon',
        title: 'Лавка',
        credentials: '',
        clockUrl: `${sandboxUrl}/_control/clock`,
        modes: Object.fromEntries(FACETS.map((facet) => [facet, 'auto' as const])),
      }),
    );
  } finally {
    await pool.end();
  }
}

/** The database goes away between the last thing that this kind does and the moment its end is written down. */
function lostAtTheEnd(kind: JobKind, times: number): JobKind {
  let left = times;
  return {
    kind: kind.kind,
    run: async (job): Promise<JobEnd> => {
      const end = await kind.run(job);
      if (left-- > 0) throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
      return end;
    },
  };
}

describe('a catalog made of the cards of an account', () => {
  let seller: AccountWorld;
  let world: AccountWorld;
  let database: TestDatabase;
  let jobs: AdoptingJobs;
  let archived = '';
  beforeAll(async () => {
    seller = await AccountWorld.open({ products: CARDS, quiet: true });
    await seller.untilInSync(CARDS);
    await seller.stop();
    archived = (await seller.skus()).at(-1) ?? '';
    await seller.otherIntegration('/v1/product/archive', { product_id: [(await seller.card(archived)).product_id] });
    await seller.jump(1_200);
    // Another hub, whose catalog is empty, is shown the same account.
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    world = await AccountWorld.attach({ ...seller.place, databaseUrl: database.url, accountId: await connected(database.url, seller.sandboxUrl) }, { quiet: true });
    jobs = new AdoptingJobs(world.pool, world.place.dataDir, (kind) => lostAtTheEnd(kind as JobKind, 1));
    await world.until(async () => (await whole()).length === CARDS, 'every card read');
  }, 120_000);
  afterAll(async () => {
    await jobs.stop();
    await world.close();
    await database.stop();
    await seller.close();
  });

  const whole = async () =>
    (await draftedCards(world.pool, { accountId: world.accountId, keys: undefined, whole: await wholeCard(world.pool, world.accountId, ozon.descriptor.lanes) }, '0', 100)).filter(
      (card) => !card.waiting,
    );
  const imports = async () => Number((await world.pool.query<{ n: string }>(`SELECT count(*) AS n FROM catalog_job WHERE kind = 'import'`)).rows[0]?.n);
  const pictureOf = (key: string) =>
    `(account_id, url) = (SELECT l.account_id, d.body ->> 0 FROM listing l JOIN observed_document d ON d.listing_id = l.id AND d.facet = 'media' WHERE l.key = '${key}')`;

  it('is shown first, and nothing is created; handed over once, though its end was lost', async () => {
    expect(await jobs.imported(world.accountId, { dryRun: true })).toMatchObject({ state: 'done', counts: { rows: CARDS, created: CARDS, failed: 0 } });
    expect([await jobs.products(), await imports()]).toEqual([0, 1]);
  }, 60_000);

  it('leaves out a card that was not read to its end, and takes no picture away from one that cannot be read', async () => {
    const [first, second] = await whole();
    await world.pool.query(`UPDATE picture SET state = 'wanted', due_at = 'infinity' WHERE ${pictureOf(first?.key ?? '')}`);
    await world.pool.query(`UPDATE picture SET state = 'unreadable', body_digest = NULL WHERE ${pictureOf(second?.key ?? '')}`);
    expect((await jobs.writtenDown(world.accountId, { dryRun: true })).counts).toEqual({ cards: CARDS - 1, waiting: 1, pictureless: 1 });
    await world.pool.query(`UPDATE picture SET state = 'wanted', due_at = to_timestamp(0) WHERE ${pictureOf(first?.key ?? '')} OR ${pictureOf(second?.key ?? '')}`);
    await world.lane('pictures');
    expect(await whole()).toHaveLength(CARDS);
  }, 60_000);

  it('holds what the cards show, owns them, the archived one too, and writes nothing to the channel', async () => {
    const from = await world.ledgerEnd();
    expect(await jobs.imported(world.accountId)).toMatchObject({ state: 'done', counts: { rows: CARDS, created: CARDS, failed: 0 } });
    const [sku = ''] = await world.skus();
    const card = await world.card(sku);
    const document = (await world.products.read.get(sku))?.document;
    expect(document).toMatchObject({ title: card.facets.title.value });
    expect(document?.category).toContain(' / ');
    expect(document?.media.length).toBe((card.facets.media.value as readonly unknown[]).length);
    expect((await world.products.read.get(archived))?.document.archived).toBe(true);

    await world.lane('plan');
    await world.lane('sweep', true);
    await world.untilInSync(CARDS);
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 90_000);
});
