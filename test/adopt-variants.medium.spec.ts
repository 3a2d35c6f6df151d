import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ProductService, type ProductInput } from '#catalog';
import { wildberries } from '#channels/wildberries';
import { addAccount } from '#listings';
import { decideProposal, inTransaction } from '#reconcile';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const SIZES = ['S', 'M'] as const;
const by = { author: 'owner', now: Date.parse('2026-11-22T06:00:00Z') };

describe('variants that wait while a person joins a card of Wildberries to one of their model', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let account: { readonly id: string; readonly channel: string };
  let products: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
    pool.on('error', () => undefined);
    const id = await inTransaction(pool, (client) => addAccount(client, { channel: 'wildberries', title: 'Лавка', credentials: '' }));
    account = { id, channel: 'wildberries' };
    const service = new ProductService(pool);
    for (const size of SIZES) await service.create(dress(size), { author: 'owner', cause: { kind: 'person' } });
    products = Object.fromEntries((await pool.query<{ sku: string; id: string }>('SELECT sku, id FROM product')).rows.map((row) => [row.sku, row.id]));
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.stop();
  });

  let proposal = '';
  /** Both sizes wait for the card "DRESS"; the market has one of theirs under another article, proposed for M. */
  beforeEach(async () => {
    await pool.query('DELETE FROM push_intent');
    await pool.query('DELETE FROM listing');
    for (const size of SIZES) await pool.query('INSERT INTO listing (account_id, product_id, key) VALUES ($1, $2, $3)', [account.id, products[`DRESS-${size}`], `DRESS · ${size}`]);
    await pool.query(`INSERT INTO listing_facet (account_id, listing_id, facet, part, state, since) SELECT account_id, id, 'title', '', 'pending', now() FROM listing`);
    const { rows } = await pool.query<{ id: string }>(
      `WITH card AS (INSERT INTO listing (account_id, key, external_id) VALUES ($1, 'OLD', '7') RETURNING id)
       INSERT INTO match_proposal (account_id, listing_id, product_id, score, reasons, created_at) SELECT $1, id, $2, 90, '[]', now() FROM card RETURNING id`,
      [account.id, products['DRESS-M']],
    );
    proposal = rows[0]?.id ?? '';
  });

  const accept = () => decideProposal({ pool, account, module: wildberries }, proposal, 'accept', by);
  const keys = async () =>
    (await pool.query<{ told: string }>(`SELECT p.sku || ': ' || l.key AS told FROM listing l JOIN product p ON p.id = l.product_id ORDER BY 1`)).rows.map(({ told }) => told);
  const record = (db: Pick<pg.Pool, 'query'>) =>
    db.query(
      `INSERT INTO push_intent (account_id, listing_id, operation, facets, write_set, revision, epoch, purpose, body, phase, created_at, sent_at, deadline_at)
       SELECT account_id, id, 'create', '[]', '[]', 1, 1, 'change', '{}', 'sent', now(), now(), now() FROM listing WHERE key = 'DRESS · S'`,
    );

  it('belong to that card with the decision itself, before anything is planned', async () => {
    await accept();
    expect(await keys()).toEqual(['DRESS-M: OLD', 'DRESS-S: OLD · S']);
  });

  it('keep their own when the decision is refused', async () => {
    await pool.query(`UPDATE listing SET external_id = '8' WHERE key = 'DRESS · M'`);
    await expect(accept()).rejects.toThrow('has a card on the account already');
    expect(await keys()).toEqual(['DRESS-M: DRESS · M', 'DRESS-S: DRESS · S']);
  });

  it('keep their own when a call of theirs is recorded at that moment: it is on its way', async () => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT 1 FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE l.key = 'DRESS · S' FOR UPDATE OF f`);
      let over = false;
      const decision = accept().finally(() => (over = true));
      const waits = async () => (await pool.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rows.length > 0;
      while (!over && !(await waits())) await new Promise((resolve) => setTimeout(resolve, 20));
      await record(client);
      await client.query('COMMIT');
      await decision;
    } finally {
      client.release();
    }
    expect(await keys()).toEqual(['DRESS-M: OLD', 'DRESS-S: DRESS · S']);
  }, 30_000);
});

function dress(size: string): ProductInput {
  return {
    ...{ sku: `DRESS-${size}`, title: `Платье ${size}`, description: 'Лёгкое летнее платье из хлопка.', category: 'Одежда / Платье', attributes: { Размер: size } },
    ...{ media: [], barcodes: [], price: { minor: 250_000, currency: 'RUB' }, stock: { main: 5 }, model: { code: 'DRESS', axes: ['Размер'], title: 'Платье' }, archived: false },
  };
}
