import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { appendEvidence } from '../libs/reconcile/evidence/append-evidence.js';
import { HeadFile, HeadFileUnreadable } from '../libs/reconcile/evidence/head-file.js';
import { type HeadConflict, HeadKeeper, keepHeads } from '../libs/reconcile/evidence/keep-heads.js';
import { verifyEvidence } from '../libs/reconcile/evidence/verify-evidence.js';
import { type EvidenceDatabase, inTransaction, startEvidenceDatabase } from './evidence-database.js';

describe('the heads kept outside of the database', () => {
  let database: EvidenceDatabase;
  let folder: string;
  let account = 0;
  beforeAll(async () => {
    database = await startEvidenceDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'heads-'));
    account += 1;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const append = (id: number): Promise<string[]> =>
    inTransaction(database.pool, (client) =>
      appendEvidence(client, String(id), [{ kind: 'account.changed', at: 0, body: { what: 'state', from: 'active', to: 'paused', author: 'anna' } }]),
    );
  const cut = (id: number, left: number): Promise<void> =>
    inTransaction(database.pool, async (client) => {
      await client.query('SET LOCAL session_replication_role = replica');
      for (const table of ['evidence_body', 'evidence']) await client.query(`DELETE FROM ${table} WHERE account_id = $1 AND seq > $2`, [id, left]);
      await client.query('UPDATE evidence_head h SET seq = e.seq, hash = e.hash FROM evidence e WHERE h.account_id = $1 AND e.account_id = $1 AND e.seq = $2', [id, left]);
    });

  it('follow what is committed, write nothing when nothing is new, and leave no draft behind', async () => {
    const file = new HeadFile(join(folder, 'made', 'later'));
    await append(account);
    expect(await keepHeads(database.pool, file)).toEqual({ written: true, conflicts: [] });
    expect(await keepHeads(database.pool, file)).toEqual({ written: false, conflicts: [] });
    await append(account);
    await keepHeads(database.pool, file);
    expect((await file.heads()).get(String(account))).toMatchObject({ seq: '2' });
    expect(readdirSync(join(folder, 'made', 'later'))).toEqual(['evidence-heads.json']);
  });

  it('never go back', async () => {
    const file = new HeadFile(folder);
    const hash = 'ab'.repeat(32);
    expect(await file.keep(new Map([['5', { seq: '10', hash }]]))).toBe(true);
    expect(await file.keep(new Map([['5', { seq: '9', hash: 'cd'.repeat(32) }]]))).toBe(false);
    expect((await file.heads()).get('5')).toEqual({ seq: '10', hash });
  });

  it('stand against a database that was cut, also when it has grown past them, until a person gives them up', async () => {
    const file = new HeadFile(folder);
    for (let n = 0; n < 4; n += 1) await append(account);
    await keepHeads(database.pool, file);
    await cut(account, 2);
    expect((await keepHeads(database.pool, file)).conflicts).toMatchObject([{ accountId: String(account), kept: { seq: '4' }, found: { seq: '2' } }]);
    for (let n = 0; n < 4; n += 1) await append(account);
    expect((await keepHeads(database.pool, file)).conflicts).toMatchObject([{ kept: { seq: '4' }, found: { seq: '6' } }]);
    const heads = [...(await file.heads())].filter(([id]) => id === String(account)).map(([, head]) => head);
    expect((await verifyEvidence(database.pool, String(account), { heads })).problem).toMatchObject({ kind: 'head-mismatch', seq: '4' });

    expect(await file.giveUp(String(account), 'restored from the backup of 20 November')).toMatchObject({ seq: '4' });
    expect((await keepHeads(database.pool, file)).conflicts).toEqual([]);
    expect((await file.heads()).get(String(account))).toMatchObject({ seq: '6' });
    expect(readFileSync(join(folder, 'evidence-heads.json'), 'utf8')).toContain('restored from the backup of 20 November');
  });

  it.each(['', '{', '[]', '{"format":1,"heads":{"1":{"seq":"x","hash":"00","at":""}},"former":[]}'])('refuse a file that says %j and leave it as it is', async (text) => {
    writeFileSync(join(folder, 'evidence-heads.json'), text);
    await append(account);
    await expect(keepHeads(database.pool, new HeadFile(folder))).rejects.toBeInstanceOf(HeadFileUnreadable);
    expect(readFileSync(join(folder, 'evidence-heads.json'), 'utf8')).toBe(text);
  });

  it('are kept by a running keeper, which tells a conflict once and keeps the last head when it closes', async () => {
    const file = new HeadFile(folder);
    const conflicts: HeadConflict[] = [];
    const errors: unknown[] = [];
    for (let n = 0; n < 3; n += 1) await append(account);
    const keeper = new HeadKeeper(database.pool, file, { everyMs: 5, onConflict: (conflict) => conflicts.push(conflict), onError: (error) => errors.push(error) });
    const until = async (met: () => Promise<boolean> | boolean): Promise<void> => {
      while (!(await met())) await new Promise((resolve) => setImmediate(resolve));
    };
    await until(async () => (await file.heads()).get(String(account))?.seq === '3');
    await cut(account, 1);
    await until(() => conflicts.length > 0);
    await append(account + 1_000);
    await keeper.close();
    expect(conflicts.filter((conflict) => conflict.accountId === String(account))).toHaveLength(1);
    expect((await file.heads()).get(String(account + 1_000))?.seq).toBe('1');
    expect(errors).toEqual([]);
  });
});
