import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#platform';
import { verifyEvidence } from '#reconcile';
import { sayIn } from '../apps/hub/cli/cli-texts.js';
import { buildCommands } from '../apps/hub/cli/commands.js';
import { seedCase, seedHeldCard, seedProposal } from './door-cards.js';
import { type Answer, type DoorHub, openDoors } from './door-hub.js';

const SKU = 'LEFT-1';
const KEYS = { clientId: '1', apiKey: 'k' };

let doors: DoorHub;
beforeAll(async () => {
  doors = await openDoors();
  await doors.call('/api/products', { method: 'POST', body: { sku: SKU, title: 'Чайник стальной 1,7 л' } });
}, 60_000);
afterAll(() => doors.close());

async function connect(): Promise<string> {
  return String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: KEYS } })).body['id']);
}

/** An account with a drift, a case, an orphan and a rule. */
async function busyAccount(): Promise<{ account: string; listing: string }> {
  const account = await connect();
  const { listing } = await seedHeldCard(doors.pool, account, SKU);
  await seedCase(doors.pool, account, listing);
  await seedProposal(doors.pool, account, SKU);
  await doors.pool.query(`INSERT INTO ignore_rule (account_id, listing_id, facet, author, reason) VALUES ($1, $2, 'media', 'test', 'так задумано')`, [account, listing]);
  return { account, listing };
}

async function addCall(account: string, listing: string, phase: string): Promise<void> {
  await doors.pool.query(
    `INSERT INTO push_intent (account_id, listing_id, operation, facets, write_set, epoch, purpose, body, phase, created_at)
     VALUES ($1, $2, 'import', '[]', '[]', 1, 'repair', '{}', $3, now())`,
    [account, listing, phase],
  );
}

const remove = (account: string, query = ''): Promise<Answer> => doors.call(`/api/accounts/${account}${query}`, { method: 'DELETE' });

/** How many rows each table has of an account; the evidence left out. */
async function rowsOf(account: string): Promise<Record<string, number>> {
  const { rows: tables } = await doors.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'account_id' AND table_schema = 'public' AND table_name NOT LIKE 'evidence%' ORDER BY 1`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await doors.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${name} WHERE account_id = $1`, [account]);
    if ((rows[0]?.n ?? 0) > 0) found[name] = rows[0]?.n ?? 0;
  }
  return found;
}

async function etalon(...words: string[]): Promise<string> {
  const said: string[] = [];
  const tools = { language: 'en' as const, say: sayIn('en'), out: (line: string) => void said.push(line), files: new PassThrough(), end: () => undefined };
  const config = () => loadConfig({ env: { DATA_DIR: doors.dataDir } });
  await buildCommands({ ...tools, config, backup: () => Promise.resolve({}), restore: () => Promise.resolve({}) }).parseAsync(['node', 'etalon', ...words]);
  return said.join('\n');
}

describe('an account that is let go of', () => {
  it('says first what goes with it, and changes nothing by that', async () => {
    const { account } = await busyAccount();
    const before = await rowsOf(account);
    expect((await doors.call(`/api/accounts/${account}/removal`)).body).toMatchObject({
      ...{ account, channel: 'ozon', title: 'Лавка', listings: 2, joined: 1, unsent: 1, open_drifts: 1, open_cases: 1, ignore_rules: 1, calls: 0, jobs: 0 },
    });
    const told = await etalon('account', 'remove', account);
    expect(told).toMatch(
      /stop following 2 cards, 1 of them of products[\s\S]*Ignore rules that will be forgotten: 1[\s\S]*Records of the evidence stay: 1[\s\S]*repeat with --yes/,
    );
    expect(told).not.toMatch(/removal\.|under way/);
    expect(await rowsOf(account)).toEqual(before);
  });

  it('goes with its cards, rules and keys, and nothing but its evidence is left, which verifies', async () => {
    const { account, listing } = await busyAccount();
    await addCall(account, listing, 'done');
    const other = await busyAccount();
    const beside = await rowsOf(other.account);
    const { status, body } = await remove(account);
    expect([status, body]).toEqual([200, expect.objectContaining({ account, listings: 2 })]);
    expect(await rowsOf(account)).toEqual({});
    expect(await rowsOf(other.account)).toEqual(beside);
    const { rows } = await doors.pool.query('SELECT 1 FROM listing_render WHERE listing_id = $1 UNION ALL SELECT 1 FROM listing WHERE account_id = $2', [listing, account]);
    expect(rows).toEqual([]);
    expect((await doors.call(`/api/accounts/${account}`)).status).toBe(404);
    expect(await verifyEvidence(doors.pool, account)).toMatchObject({ ok: true, count: 2 });
    const last = await doors.pool.query<{ body: string }>('SELECT body FROM evidence_body WHERE account_id = $1 ORDER BY seq DESC LIMIT 1', [account]);
    const told = JSON.parse(last.rows[0]?.body ?? '{}') as Record<string, unknown>;
    expect(told).toMatchObject({ what: 'removed', from: { channel: 'ozon', title: 'Лавка' }, to: { removed: true, listings: 2 } });
    expect((await doors.call(`/api/products/${SKU}`)).status).toBe(200);
  });

  it('stays while a call of it is under way, unless that is given up', async () => {
    for (const phase of ['sent', 'accepted', 'unknown']) {
      const { account, listing } = await busyAccount();
      await addCall(account, listing, phase);
      const before = await rowsOf(account);
      const refused = await remove(account);
      expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ reason: 'account-underway' })]);
      expect(await rowsOf(account)).toEqual(before);
      expect((await remove(account, '?abandon=true')).status).toBe(200);
      expect(await rowsOf(account)).toEqual({});
      const { rows } = await doors.pool.query<{ body: string }>('SELECT body FROM evidence_body WHERE account_id = $1 ORDER BY seq DESC LIMIT 1', [account]);
      expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ to: { abandoned_calls: 1 } });
    }
    expect((await remove(await connect(), '?abandon=perhaps')).status).toBe(422);
  });

  it('stays while a job reads its cards', async () => {
    const account = await connect();
    const { rows } = await doors.pool.query<{ id: string }>(
      `INSERT INTO catalog_job (kind, author, state, request, lease, lease_until) VALUES ('adopt', 'test', 'running', jsonb_build_object('accountId', $1::text), 'test', now() + interval '1 hour') RETURNING id`,
      [account],
    );
    expect((await remove(account)).body).toMatchObject({ status: 409, reason: 'account-jobs' });
    expect((await remove(account, '?abandon=true')).body).toMatchObject({ status: 409, reason: 'account-jobs' });
    await doors.pool.query(`UPDATE catalog_job SET state = 'done' WHERE id = $1`, [rows[0]?.id]);
    expect((await remove(account)).status).toBe(200);
  });

  it('is nobody’s to remove but an administrator’s', async () => {
    const account = await connect();
    const { body } = await doors.call('/api/auth/tokens', { method: 'POST', body: { name: 'helper', scopes: ['read', 'steer'] } });
    const token = String(body['token']);
    expect((await doors.call(`/api/accounts/${account}/removal`, { token })).status).toBe(200);
    expect((await doors.call(`/api/accounts/${account}`, { method: 'DELETE', token })).status).toBe(403);
    expect(await etalon('account', 'remove', account, '--yes')).toMatch(new RegExp(`^Account ${account} \\(Лавка\\) is removed\\.`));
    expect((await doors.call(`/api/accounts/${account}/removal`)).status).toBe(404);
  });

  it('is connected again like a new one: it observes', async () => {
    const first = await connect();
    await doors.call(`/api/accounts/${first}/policy/all`, { method: 'PUT', body: { mode: 'auto' } });
    await remove(first);
    const again = await connect();
    expect(again).not.toBe(first);
    const { modes } = (await doors.call(`/api/accounts/${again}`)).body as { modes: Record<string, string> };
    expect(new Set(Object.values(modes))).toEqual(new Set(['observe']));
  });
});
