import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FACETS } from '#channels/contract';
import { ImportKind, JobRunner, JobStore, MediaStore, PictureWishes, type StoredJob } from '#catalog';
import { addAccount } from '#listings';
import { inTransaction } from '#reconcile';
import { ADOPT, AdoptKind } from '../apps/hub/adopt/adopt-kind.js';
import { ImportFiles } from '../apps/hub/imports/import-files.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { AccountWorld } from './account-world.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const CARDS = 12;

/** An account with every facet in the seller's hands. */
async function connected(databaseUrl: string, sandboxUrl: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
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

describe('a catalog made of the cards of an account', () => {
  let seller: AccountWorld;
  let world: AccountWorld;
  let database: TestDatabase;
  let jobs: JobStore;
  let runner: JobRunner;
  beforeAll(async () => {
    seller = await AccountWorld.open({ products: CARDS, quiet: true });
    await seller.untilInSync(CARDS);
    await seller.stop();
    // Another hub, whose catalog is empty, is shown the same account.
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    world = await AccountWorld.attach({ ...seller.place, databaseUrl: database.url, accountId: await connected(database.url, seller.sandboxUrl) }, { quiet: true });
    const { pool } = world;
    const { dataDir } = world.place;
    const media = new MediaStore(pool, join(dataDir, 'media'));
    const files = new ImportFiles(dataDir);
    jobs = new JobStore(pool);
    const imports = new ImportKind({ pool, pathOf: ({ path }) => files.locate(path), release: ({ path }) => files.remove(path), pictures: new PictureWishes(media) });
    runner = new JobRunner({
      pool,
      kinds: [new AdoptKind({ pool, media, files, dataDir }), imports],
      concurrency: 1,
      onFault: (error) => process.stderr.write(`${String(error)}\n`),
    });
    runner.start();
    await world.until(async () => (await drafts()) === CARDS, 'every card drafted');
  }, 120_000);
  afterAll(async () => {
    await runner.stop();
    await world.close();
    await database.stop();
    await seller.close();
  });

  const drafts = async () => Number((await world.pool.query<{ n: string }>('SELECT count(*) AS n FROM orphan_look WHERE draft IS NOT NULL')).rows[0]?.n);
  const products = async () => Number((await world.pool.query<{ n: string }>('SELECT count(*) AS n FROM product')).rows[0]?.n);
  async function ended(id: string): Promise<StoredJob> {
    for (;;) {
      const job = await jobs.get(id);
      if (job !== undefined && ['done', 'failed', 'held'].includes(job.state)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function adopted(request: object): Promise<StoredJob> {
    const job = await ended(await jobs.enqueue(ADOPT, 'owner', { accountId: world.accountId, name: 'cards', ...request }));
    expect([job.failure, job.state]).toEqual([null, 'done']);
    return ended((job.result as { import: string }).import);
  }

  it('is shown first, and nothing is created', async () => {
    expect(await adopted({ dryRun: true })).toMatchObject({ state: 'done', counts: { rows: CARDS, created: CARDS, failed: 0 } });
    expect(await products()).toBe(0);
  }, 60_000);

  it('holds what the cards show, owns them, and writes nothing to the channel', async () => {
    const from = await world.ledgerEnd();
    expect(await adopted({})).toMatchObject({ state: 'done', counts: { rows: CARDS, created: CARDS, failed: 0 } });
    const [sku = ''] = await world.skus();
    const card = await world.card(sku);
    const document = (await world.products.read.get(sku))?.document;
    expect(document).toMatchObject({ title: card.facets.title.value });
    expect(document?.category).toContain(' / ');
    expect(document?.media.length).toBe((card.facets.media.value as readonly unknown[]).length);

    await world.lane('plan');
    await world.lane('sweep', true);
    await world.untilInSync(CARDS);
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 90_000);
});
