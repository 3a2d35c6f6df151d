import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#platform';
import { appendEvidence, HeadFile, inTransaction, keepHeads } from '#reconcile';
import { sayIn } from '../apps/hub/cli/cli-texts.js';
import { buildCommands } from '../apps/hub/cli/commands.js';
import type { Language } from '../apps/hub/texts/language.js';
import { type DoorHub, openDoors } from './door-hub.js';

const HEAD = { seq: expect.stringMatching(/^\d+$/), hash: expect.stringMatching(/^[0-9a-f]{64}$/) };

describe('a kept head that a restored database does not have', () => {
  let doors: DoorHub;
  let account = '';
  beforeAll(async () => {
    doors = await openDoors();
    account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
  }, 120_000);
  afterAll(() => doors.close());

  const address = () => `/api/evidence/heads/${account}`;
  const file = () => new HeadFile(doors.dataDir);
  const append = (count: number) =>
    inTransaction(doors.pool, (client) =>
      appendEvidence(
        client,
        account,
        Array.from({ length: count }, () => ({ kind: 'account.changed' as const, at: 0, body: { what: 'state', from: 'active', to: 'paused', author: 'anna' } })),
      ),
    );

  /** Keeps the newest head; the hub's own keeper may be at it in the same moment. */
  async function keep(): Promise<void> {
    for (;;) {
      await keepHeads(doors.pool, file());
      const { rows } = await doors.pool.query<{ seq: string }>('SELECT seq FROM evidence_head WHERE account_id = $1', [account]);
      if ((await file().heads()).get(account)?.seq === rows[0]?.seq) return;
    }
  }

  /** As a database that was put back from a copy made when the chain had `left` entries. */
  async function putBack(left: number): Promise<void> {
    await inTransaction(doors.pool, async (client) => {
      await client.query('SET LOCAL session_replication_role = replica');
      for (const table of ['evidence_body', 'evidence']) await client.query(`DELETE FROM ${table} WHERE account_id = $1 AND seq > $2`, [account, left]);
      await client.query('UPDATE evidence_head h SET seq = e.seq, hash = e.hash FROM evidence e WHERE h.account_id = $1 AND e.account_id = $1 AND e.seq = $2', [account, left]);
    });
  }

  async function run(language: Language, ...words: string[]): Promise<string> {
    const said: string[] = [];
    const program = buildCommands({
      config: () => loadConfig({ env: { DATA_DIR: doors.dataDir } }),
      language,
      say: sayIn(language),
      out: (text) => void said.push(text),
      files: process.stdout,
      backup: () => Promise.resolve({}),
      restore: () => Promise.resolve({}),
      end: () => undefined,
    });
    await program.parseAsync(['node', 'etalon', 'accept-head', account, ...words]);
    return said.join('\n');
  }

  it('is not let go while nothing contradicts it', async () => {
    await append(5);
    await keep();
    const { body } = await doors.call(address());
    expect(body).toEqual({ account, title: 'Лавка', kept: HEAD, found: body['kept'], contradicted: false, chain_ok: true });
    const { seq, hash } = body['kept'] as { seq: string; hash: string };
    const refused = await doors.call(`${address()}/accept`, { method: 'POST', body: { kept: `${seq}:${hash}`, reason: 'просто так' } });
    expect([refused.status, refused.body['code']]).toEqual([409, 'head-not-contradicted']);
    expect(await run('ru', '--yes', '--reason', 'просто так')).toContain('Признавать нечего');
  });

  it('is shown first, and only then let go with a reason, which stays on record', async () => {
    const kept = (await file().heads()).get(account);
    await putBack(2);
    await append(1);
    expect((await doors.call('/api/evidence/verify')).body['ok']).toBe(false);
    const shown = await run('en');
    expect(shown).toMatch(/kept beside the database[\s\S]*holds in itself[\s\S]*--reason/);
    expect((await file().heads()).get(account)).toEqual(kept);
    await expect(run('ru', '--yes')).rejects.toMatchObject({ code: 'head-reason' });
    const other = await doors.call(`${address()}/accept`, { method: 'POST', body: { kept: `${kept?.seq ?? ''}:${'0'.repeat(64)}`, reason: 'чужая' } });
    expect(other.body['code']).toBe('head-moved');

    expect(await run('ru', '--yes', '--reason', 'вернули копию от 20 ноября')).toContain('признана и записана');
    expect((await doors.call('/api/evidence/verify')).body['ok']).toBe(true);
    const { rows } = await doors.pool.query<{ body: string }>(
      `SELECT b.body FROM evidence e JOIN evidence_body b USING (account_id, seq) WHERE e.account_id = $1 AND e.kind = 'head.accepted'`,
      [account],
    );
    expect(rows.map((row) => JSON.parse(row.body) as object)).toEqual([
      { author: expect.any(String), reason: 'вернули копию от 20 ноября', lostSeq: kept?.seq, lostHash: kept?.hash },
    ]);
    expect(readFileSync(join(doors.dataDir, 'evidence-heads.json'), 'utf8')).toContain('вернули копию от 20 ноября');
    await keep();
    expect((await doors.call(address())).body).toMatchObject({ contradicted: false, kept: HEAD });
  });

  it('is not let go for a chain that is broken in itself', async () => {
    await append(3);
    await keep();
    const kept = (await file().heads()).get(account);
    await putBack(3);
    await doors.pool.query('ALTER TABLE evidence DISABLE TRIGGER USER');
    await doors.pool.query(`UPDATE evidence SET kind = 'account.changes' WHERE account_id = $1 AND seq = 1`, [account]);
    await doors.pool.query('ALTER TABLE evidence ENABLE TRIGGER USER');
    const refused = await doors.call(`${address()}/accept`, { method: 'POST', body: { kept: `${kept?.seq ?? ''}:${kept?.hash ?? ''}`, reason: 'вернули копию' } });
    expect([refused.status, refused.body['code']]).toEqual([409, 'chain-broken']);
    expect(await run('ru')).toContain('повреждена');
    expect((await file().heads()).get(account)).toEqual(kept);
  });

  it('is an administrator’s matter, and asks for the head as it was shown', async () => {
    const steers = await doors.call('/api/auth/tokens', { method: 'POST', body: { name: 'steers', scopes: ['read', 'steer'] } });
    const body = { kept: `1:${'0'.repeat(64)}`, reason: 'вернули копию' };
    expect((await doors.call(`${address()}/accept`, { method: 'POST', body, token: String(steers.body['token']) })).body['code']).toBe('not-allowed');
    expect((await doors.call(`${address()}/accept`, { method: 'POST', body: { kept: 'x', reason: '' } })).body).toMatchObject({
      errors: [
        { field: 'kept', code: 'kept-head' },
        { field: 'reason', code: 'minLength' },
      ],
    });
    expect((await doors.call('/api/evidence/heads/99999')).status).toBe(404);
  });
});
