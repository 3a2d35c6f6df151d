import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DoorHub, openDoors } from './door-hub.js';

const SECRET = 'canary-9f3b2c7d-secret';
let doors: DoorHub;
let account = '';
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(() => doors.close());

interface Seeded {
  readonly listing: string;
  readonly drift: string | null;
}

/** One card whose one facet is in a state, with the documents behind it. */
async function card(
  key: string,
  facet: string,
  state: string,
  documents?: { readonly desired: unknown; readonly observed: unknown },
  reason: string | null = null,
): Promise<Seeded> {
  const listing = await doors.pool.query<{ id: string }>('INSERT INTO listing (account_id, key) VALUES ($1, $2) RETURNING id', [account, key]);
  const id = listing.rows[0]?.id ?? '';
  let drift: string | null = null;
  if (documents !== undefined) {
    const made = await doors.pool.query<{ id: string }>(
      `INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, observed, noticed_at) VALUES ($1, $2, $3, 'text-changed', 'outside', 'open', 7, now()) RETURNING id`,
      [account, id, facet],
    );
    drift = made.rows[0]?.id ?? null;
    await doors.pool.query(`INSERT INTO observed_document (listing_id, facet, print, projection, body, seen_at) VALUES ($1, $2, 7, 1, $3, now())`, [
      id,
      facet,
      JSON.stringify(documents.observed),
    ]);
    await doors.pool.query(`INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics) VALUES ($1, 1, 1, 1, $2, '[]')`, [
      id,
      JSON.stringify({ [facet]: documents.desired }),
    ]);
  }
  await doors.pool.query(
    `INSERT INTO listing_facet (listing_id, facet, account_id, state, reason, desired, desired_revision, observed, since, drift_id) VALUES ($1, $2, $3, $4, $5, 1, 1, 7, now(), $6)`,
    [id, facet, account, state, reason, drift],
  );
  return { listing: id, drift };
}

async function facetOf(listing: string): Promise<{ state: string; reason: string | null; due: boolean }> {
  const { rows } = await doors.pool.query<{ state: string; reason: string | null; due: boolean }>(
    `SELECT state, reason, due_at IS NOT NULL AND due_at <= now() + interval '1 second' AS due FROM listing_facet WHERE listing_id = $1`,
    [listing],
  );
  return rows[0] ?? { state: 'gone', reason: null, due: false };
}

async function evidence(): Promise<string[]> {
  const { rows } = await doors.pool.query<{ kind: string }>('SELECT kind FROM evidence WHERE account_id = $1 ORDER BY seq', [account]);
  return rows.map((row) => row.kind);
}

beforeEach(async () => {
  const added = await doors.call('/api/accounts', {
    method: 'POST',
    body: { channel: 'ozon', title: `Лавка ${Math.random()}`, credentials: { clientId: '1001', apiKey: SECRET } },
  });
  expect(added.status).toBe(201);
  account = String(added.body['id']);
});

describe('an account', () => {
  it('starts by observing, and shows its secret nowhere', async () => {
    const shown = await doors.call(`/api/accounts/${account}`);
    expect(new Set(Object.values(shown.body['modes'] as object))).toEqual(new Set(['observe']));
    const { rows } = await doors.pool.query<{ text: string }>(
      `SELECT (SELECT string_agg(a::text, '') FROM channel_account a) || (SELECT string_agg(b::text, '') FROM evidence_body b) AS text`,
    );
    for (const text of [shown.text, (await doors.call('/api/accounts')).text, rows[0]?.text ?? '']) expect(text).not.toContain(SECRET);
  });

  it('is refused with the field named, never its value, and never with an address inside our own network', async () => {
    const bad = await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', credentials: { clientId: SECRET, apiKey: '' } } });
    expect(bad.body['errors']).toMatchObject([{ field: 'credentials.apiKey', code: 'missing' }]);
    expect(bad.text).not.toContain(SECRET);
    for (const baseUrl of ['http://127.0.0.1:80', 'http://169.254.169.254/', 'http://[::1]/', 'http://2130706433/', 'file:///etc/passwd']) {
      const inner = await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', credentials: { clientId: '1', apiKey: SECRET, baseUrl } } });
      expect([baseUrl, inner.body['code']]).toEqual([baseUrl, 'address-refused']);
    }
  });

  it('lets go of what its mode held when the mode changes, and leaves proof', async () => {
    const held = await card('A-1', 'description', 'held', { desired: 'a', observed: 'b' }, 'policy');
    const other = await card('A-2', 'title', 'held', { desired: 'a', observed: 'b' }, 'policy');
    const answer = await doors.call(`/api/accounts/${account}/policy/description`, { method: 'PUT', body: { mode: 'auto' } });
    expect(answer.body).toMatchObject({ released: 1, modes: { description: 'auto', title: 'observe' } });
    expect(await facetOf(held.listing)).toEqual({ state: 'drifted', reason: null, due: true });
    expect(await facetOf(other.listing)).toMatchObject({ state: 'held', reason: 'policy' });
    expect(await evidence()).toContain('policy.changed');
    expect((await doors.call(`/api/accounts/${account}/policy/colour`, { method: 'PUT', body: { mode: 'auto' } })).status).toBe(422);
  });

  it('pauses with a reason and resumes with what waited for it', async () => {
    const waiting = await card('B-1', 'title', 'held', { desired: 'a', observed: 'b' }, 'paused');
    expect((await doors.call(`/api/accounts/${account}/pause`, { method: 'POST', body: { reason: 'учёт' } })).body).toMatchObject({ state: 'paused', state_reason: 'учёт' });
    expect((await doors.call(`/api/accounts/${account}/resume`, { method: 'POST' })).body).toMatchObject({ state: 'active', state_reason: null });
    expect(await facetOf(waiting.listing)).toMatchObject({ state: 'drifted', due: true });
    expect((await doors.call(`/api/accounts/${account}/release-brake`, { method: 'POST' })).status).toBe(409);
  });
});

describe('a drift', () => {
  it('is listed, shown side by side, and approved once', async () => {
    const held = await card('C-1', 'title', 'held', { desired: 'Чайник синий', observed: 'Чайник красный' }, 'approval');
    const page = await doors.call(`/api/drifts?account=${account}`);
    expect(page.body['items']).toMatchObject([{ id: held.drift, key: 'C-1', facet: 'title', kind: 'text-changed', facet_state: 'held' }]);
    const one = await doors.call(`/api/drifts/${String(held.drift)}`);
    expect(one.body['diff']).toMatchObject({ changes: [{ path: 'title', expected: 'Чайник синий', live: 'Чайник красный' }] });
    expect((await doors.call(`/api/drifts/${String(held.drift)}/approve`, { method: 'POST' })).status).toBe(204);
    expect(await facetOf(held.listing)).toEqual({ state: 'drifted', reason: 'approved', due: true });
    expect((await doors.call(`/api/drifts/${String(held.drift)}/approve`, { method: 'POST' })).body['code']).toBe('wrong-state');
  });

  it('is silenced by a rule for as many cards as the preview said, and counts again without it', async () => {
    const value = (text: string) => [{ text }];
    const silenced = await card('D-1', 'attributes', 'drifted', { desired: { '85': value('Марка'), '7': value('x') }, observed: { '85': value('Другая'), '7': value('x') } });
    const partly = await card('D-2', 'attributes', 'drifted', { desired: { '85': value('Марка'), '7': value('x') }, observed: { '85': value('Другая'), '7': value('y') } });
    const apart = await card('D-3', 'attributes', 'drifted', { desired: { '7': value('x') }, observed: { '7': value('y') } });
    const rule = { account, facet: 'attributes', path: 'attributes.85', reason: 'бренд правит площадка' };
    expect((await doors.call('/api/ignore-rules/preview', { method: 'POST', body: rule })).body).toEqual({ cards: 1, still_drifted: 1, examples: ['D-1'] });
    expect((await facetOf(silenced.listing)).state).toBe('drifted');
    const made = await doors.call('/api/ignore-rules', { method: 'POST', body: rule });
    expect(made.body).toMatchObject({ cards: 1 });
    expect((await facetOf(silenced.listing)).state).toBe('ignored');
    expect((await facetOf(partly.listing)).state).toBe('drifted');
    expect((await facetOf(apart.listing)).state).toBe('drifted');
    expect(await evidence()).toContain('drift.ignored');
    expect((await doors.call(`/api/ignore-rules/${String(made.body['id'])}`, { method: 'DELETE' })).body).toEqual({ cards: 1 });
    expect(await facetOf(silenced.listing)).toMatchObject({ state: 'drifted', due: true });
    expect((await doors.call('/api/ignore-rules/preview', { method: 'POST', body: { ...rule, path: 'title.x' } })).status).toBe(409);
  });
});

describe('the figures', () => {
  it('count every card once, worst first, and add up', async () => {
    await card('E-1', 'title', 'in_sync');
    await card('E-2', 'title', 'settling');
    await card('E-3', 'title', 'failing', undefined, 'refused');
    const mixed = await card('E-4', 'title', 'ignored');
    await doors.pool.query(`INSERT INTO listing_facet (listing_id, facet, account_id, state, since) VALUES ($1, 'price', $2, 'held', now())`, [mixed.listing, account]);
    const { body } = await doors.call('/api/status');
    const accounts = body['accounts'] as Record<string, unknown>[];
    expect(accounts.find((one) => one['id'] === account)).toMatchObject({ listings: 4, in_sync: 1, pending: 1, failing: 1, held: 1, drifted: 0, ignored: 0, unknown: 0 });
    for (const name of ['listings', 'in_sync', 'pending', 'drifted', 'failing', 'held', 'ignored', 'unknown']) {
      expect(body[name]).toBe(accounts.reduce((sum, one) => sum + Number(one[name]), 0));
    }
  });

  it('keep what the account calls things, table by table, with the change in the record', async () => {
    const path = `/api/accounts/${account}/rules`;
    expect((await doors.call(path)).body).toEqual({ account, version: 1, categories: {}, attributes: {}, warehouses: {} });
    const set = (body: object) => doors.call(path, { method: 'PUT', body });
    expect((await set({ categories: { 'Кружки ': ' 17028922:91565' }, warehouses: { msk: '22142605386000' } })).body).toMatchObject({
      version: 2,
      categories: { Кружки: '17028922:91565' },
      warehouses: { msk: '22142605386000' },
    });
    expect((await set({ warehouses: {} })).body).toMatchObject({ version: 3, categories: { Кружки: '17028922:91565' }, warehouses: {} });
    expect((await set({ warehouses: {} })).body).toMatchObject({ version: 3 });
    for (const row of [{ '': 'x' }, { x: '' }, { x: 7 }, { x: 'y'.repeat(301) }])
      expect((await set({ attributes: row })).body).toMatchObject({ status: 422, errors: [{ field: `attributes.${Object.keys(row)[0]}`, code: 'rule-row' }] });
    const { rows } = await doors.pool.query<{ body: string }>(
      `SELECT b.body FROM evidence e JOIN evidence_body b USING (account_id, seq) WHERE e.account_id = $1 AND e.kind = 'account.changed' ORDER BY e.seq DESC LIMIT 1`,
      [account],
    );
    expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({ what: 'rules', from: { warehouses: { msk: '22142605386000' } }, to: { warehouses: {} } });
  });

  it('prove the chain of evidence, and tell when it was changed', async () => {
    expect((await doors.call('/api/evidence/verify')).body).toMatchObject({ ok: true });
    await doors.pool.query('ALTER TABLE evidence DISABLE TRIGGER USER');
    await doors.pool.query(`UPDATE evidence SET kind = 'account.changes' WHERE account_id = $1 AND seq = 1`, [account]);
    await doors.pool.query('ALTER TABLE evidence ENABLE TRIGGER USER');
    const { body } = await doors.call('/api/evidence/verify');
    expect(body['ok']).toBe(false);
    expect((body['accounts'] as { account: string; ok: boolean }[]).find((one) => one.account === account)?.ok).toBe(false);
  });

  it('let go of old bodies and keep what proves them', async () => {
    const prune = (days: number) => doors.call('/api/evidence/prune', { method: 'POST', body: { account, older_than_days: days } });
    expect((await prune(29)).body).toMatchObject({ status: 422, errors: [{ field: 'older_than_days', code: 'min' }] });
    expect((await prune(30)).body).toEqual({ accounts: [{ account, title: expect.any(String), bodies: 0 }] });
    const reads = await doors.call('/api/auth/tokens', { method: 'POST', body: { name: 'steers', scopes: ['read', 'steer'] } });
    expect((await doors.call('/api/evidence/prune', { method: 'POST', body: { older_than_days: 30 }, token: String(reads.body['token']) })).body['code']).toBe('not-allowed');
  });

  it('hold the chain to heads that somebody kept, also of an account that is gone', async () => {
    const added = (await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'второй', credentials: { clientId: '9', apiKey: 'key-of-the-second' } } }))
      .body;
    const own = async (query = '') => {
      const { accounts } = (await doors.call(`/api/evidence/verify${query}`)).body as {
        accounts: { account: string; ok: boolean; head?: { seq: string; hash: string }; problem?: object }[];
      };
      return (id: string) => accounts.find((one) => one.account === id);
    };
    const second = String(added['id']);
    const before = (await own())(second);
    expect(before).toMatchObject({ ok: true });
    const { seq = '', hash = '' } = before?.head ?? {};
    expect((await own(`?head=${second}:${seq}:${hash}`))(second)).toMatchObject({ ok: true, compared: expect.arrayContaining([{ seq, hash }]) });
    expect((await own(`?head=${second}:${Number(seq) + 5}:${hash}`))(second)).toMatchObject({ ok: false, problem: { kind: 'truncated' } });
    expect((await own(`?head=777:3:${hash}&head=${second}:${seq}:${hash}`))('777')).toMatchObject({ ok: false, title: '', problem: { kind: 'truncated' } });
    expect((await doors.call('/api/evidence/verify?head=of-nobody')).body).toMatchObject({ code: 'invalid', errors: [{ field: 'head', code: 'head' }] });
  });
});
