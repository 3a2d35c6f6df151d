import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { knownSecrets } from '#platform';
import { appendEvidence } from '../libs/reconcile/evidence/append-evidence.js';
import type { EvidenceEntry } from '../libs/reconcile/evidence/evidence-entry.js';
import { pruneBodies } from '../libs/reconcile/evidence/prune-bodies.js';
import { type EvidenceReport, verifyEvidence } from '../libs/reconcile/evidence/verify-evidence.js';
import { type EvidenceDatabase, inTransaction, startEvidenceDatabase } from './evidence-database.js';

const AT = Date.parse('2026-11-20T10:00:00.123Z');

function held(n: number, extra: Partial<EvidenceEntry> = {}): EvidenceEntry {
  return { kind: 'drift.held', at: AT + n, listingId: '7', driftId: String(n + 1), facet: 'title', body: { part: '', reason: `причина ${n}` }, ...extra } as EvidenceEntry;
}

describe('the evidence ledger', () => {
  let database: EvidenceDatabase;
  let nextAccount = 1;
  beforeAll(async () => {
    database = await startEvidenceDatabase();
  });
  afterAll(() => database.stop());

  const append = (account: string, entries: readonly EvidenceEntry[]): Promise<string[]> => inTransaction(database.pool, (client) => appendEvidence(client, account, entries));
  const verify = (account: string, heads: { seq: string; hash: string }[] = []): Promise<EvidenceReport> => verifyEvidence(database.pool, account, { heads });
  const newAccount = (): string => String(nextAccount++);
  async function chainOf(length: number): Promise<string> {
    const account = newAccount();
    await append(
      account,
      Array.from({ length }, (_, n) => held(n)),
    );
    return account;
  }
  /** What somebody with the rights of the database's owner could do. */
  const tamper = (sql: string, values: readonly unknown[]): Promise<number> =>
    inTransaction(database.pool, async (client) => {
      await client.query(`SET LOCAL session_replication_role = replica`);
      return (await client.query(sql, [...values])).rowCount ?? 0;
    });

  it('gives sequence numbers in order and verifies', async () => {
    const account = newAccount();
    expect(await append(account, [held(0), held(1)])).toEqual(['1', '2']);
    expect(await append(account, [])).toEqual([]);
    expect(await append(account, [held(2)])).toEqual(['3']);
    expect(await verify(account)).toMatchObject({ ok: true, count: 3, pruned: 0, head: { seq: '3' } });
  });

  it('says that an account without evidence is fine, and is not once a head is known', async () => {
    expect(await verify('999999')).toEqual({ ok: true, count: 0, pruned: 0 });
    expect((await verify('999999', [{ seq: '1', hash: 'ab' }])).problem).toMatchObject({ kind: 'truncated', seq: '1' });
  });

  it('leaves nothing when the transaction is rolled back', async () => {
    const account = await chainOf(1);
    await expect(
      inTransaction(database.pool, async (client) => {
        await appendEvidence(client, account, [held(1)]);
        throw new Error('the caller failed');
      }),
    ).rejects.toThrow('the caller failed');
    expect(await verify(account)).toMatchObject({ ok: true, count: 1 });
    expect(await append(account, [held(1)])).toEqual(['2']);
  });

  it('keeps one unbroken chain under many writers at once, the first entries included', async () => {
    const account = newAccount();
    const seqs = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        append(
          account,
          Array.from({ length: 1 + (n % 4) }, (_unused, m) => held(n * 10 + m)),
        ),
      ),
    );
    const all = seqs.flat().map(Number);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: all.length }, (_, n) => n + 1));
    expect(await verify(account)).toMatchObject({ ok: true, count: all.length });
  });

  it('keeps texts exactly, garbage included, and secrets not at all', async () => {
    const account = newAccount();
    knownSecrets.add('s3cr3t-key-of-ozon');
    const observed = 'NUL \u0000, половина пары \ud83d, РЎР°РјРѕРІР°СЂ, "кавычки"';
    await append(account, [
      {
        kind: 'push.intent',
        at: AT,
        body: {
          operation: 'o',
          purpose: 'p',
          facets: [],
          writeSet: [],
          epoch: 1,
          prints: {},
          request: { headers: { 'Api-Key': 'abcdef' }, url: 'x?k=s3cr3t-key-of-ozon', text: observed },
        },
      },
    ]);
    const { rows } = await database.pool.query<{ body: string }>('select body from evidence_body where account_id = $1', [account]);
    expect(rows[0]?.body).not.toMatch(/s3cr3t|abcdef/);
    expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({ request: { text: observed } });
    expect((await verify(account)).ok).toBe(true);
  });

  it('masks a known secret but nothing on suspicion in the documents of a card', async () => {
    const account = newAccount();
    knownSecrets.add('s3cr3t-key-of-ozon');
    const observed = 'Футболка Basic Premium, ключ s3cr3t-key-of-ozon';
    await append(account, [{ kind: 'drift.healed', at: AT, body: { part: '', after: [observed] } }]);
    const { rows } = await database.pool.query<{ body: string }>('select body from evidence_body where account_id = $1', [account]);
    expect(JSON.parse(rows[0]?.body ?? '')).toEqual({ part: '', after: ['Футболка Basic Premium, ключ [redacted]'] });
  });

  it.each([
    ['UPDATE evidence SET kind = $2 WHERE account_id = $1', 'append-only'],
    ['DELETE FROM evidence WHERE account_id = $1 AND kind <> $2', 'append-only'],
    ['UPDATE evidence_body SET body = $2 WHERE account_id = $1', 'append-only'],
    ["DELETE FROM evidence_head WHERE account_id = $1 AND $2 <> ''", 'append-only'],
    ["UPDATE evidence_head SET seq = seq - 1, hash = decode($2, 'escape') WHERE account_id = $1", 'never goes back'],
  ])('refuses %s', async (sql, refusal) => {
    const account = await chainOf(2);
    await expect(database.pool.query(sql, [account, 'x'])).rejects.toThrow(refusal);
    expect((await verify(account)).ok).toBe(true);
  });

  it('prunes old bodies but those of open drifts, tells so in the chain, and still verifies', async () => {
    const account = newAccount();
    const { rows } = await database.pool.query<{ id: string }>(
      `WITH a AS (INSERT INTO channel_account (channel, title, credentials) VALUES ('c', 't', 'x') RETURNING id),
         l AS (INSERT INTO listing (account_id, key) SELECT id, 'k' FROM a RETURNING id, account_id)
       INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, noticed_at) SELECT account_id, id, 'title', 'gibberish', 'unknown', 'open', now() FROM l RETURNING id`,
    );
    await append(account, [held(1), held(2), held(3, { driftId: rows[0]?.id ?? '' })]);
    expect(await pruneBodies(database.pool, account, new Date(Date.now() + 1000), AT)).toBe(2);
    expect(await verify(account)).toMatchObject({ ok: true, count: 4, pruned: 2 });
    expect(await pruneBodies(database.pool, account, new Date(Date.now() + 1000), AT)).toBe(0);
  });

  describe('shows any tampering', () => {
    const LENGTH = 8;
    const COLUMNS = ['at', 'recorded_at', 'kind', 'listing_id', 'drift_id', 'intent_id', 'facet', 'digest', 'previous', 'hash'] as const;
    const changes: Record<(typeof COLUMNS)[number], string> = {
      at: `at = at + interval '1 microsecond'`,
      recorded_at: `recorded_at = recorded_at - interval '1 microsecond'`,
      kind: `kind = overlay(kind placing '!' from $3::int % length(kind) + 1)`,
      listing_id: `listing_id = coalesce(listing_id, 0) # (1 << ($3::int % 20))`,
      drift_id: `drift_id = CASE WHEN $3::int % 2 = 0 THEN NULL ELSE drift_id + 1 END`,
      intent_id: `intent_id = $3::int`,
      facet: `facet = CASE WHEN $3::int % 2 = 0 THEN NULL ELSE facet || ' ' END`,
      digest: `digest = set_byte(digest, $3::int % 32, get_byte(digest, $3::int % 32) # (1 + $3::int % 255))`,
      previous: `previous = set_byte(previous, $3::int % 32, get_byte(previous, $3::int % 32) # (1 + $3::int % 255))`,
      hash: `hash = set_byte(hash, $3::int % 32, get_byte(hash, $3::int % 32) # (1 + $3::int % 255))`,
    };
    const seqs = fc.integer({ min: 1, max: LENGTH });
    const salt = fc.integer({ min: 0, max: 1_000_000 });

    it('of any field of any entry', async () => {
      await fc.assert(
        fc.asyncProperty(seqs, fc.constantFrom(...COLUMNS), salt, async (seq, column, byte) => {
          const account = await chainOf(LENGTH);
          expect(await tamper(`UPDATE evidence SET ${changes[column]} WHERE account_id = $1 AND seq = $2 AND $3::int >= 0`, [account, seq, byte])).toBe(1);
          expect(await verify(account)).toMatchObject({ ok: false, count: seq - 1, problem: { kind: 'changed', seq: String(seq) } });
        }),
        { numRuns: 80 },
      );
    });

    it('of any character of any body', async () => {
      await fc.assert(
        fc.asyncProperty(seqs, salt, async (seq, place) => {
          const account = await chainOf(LENGTH);
          const changed = await tamper(
            `UPDATE evidence_body SET body = overlay(body placing chr(ascii(substr(body, $3 % length(body) + 1, 1)) + 1) from $3 % length(body) + 1) WHERE account_id = $1 AND seq = $2`,
            [account, seq, place],
          );
          expect(changed).toBe(1);
          expect((await verify(account)).problem).toMatchObject({ kind: 'body-changed', seq: String(seq) });
        }),
        { numRuns: 40 },
      );
    });

    it('by taking entries out of the middle', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: LENGTH - 1 }), fc.integer({ min: 1, max: 3 }), async (first, many) => {
          const account = await chainOf(LENGTH);
          const last = Math.min(first + many - 1, LENGTH - 1);
          await tamper('DELETE FROM evidence WHERE account_id = $1 AND seq BETWEEN $2 AND $3', [account, first, last]);
          expect((await verify(account)).problem).toMatchObject({ kind: 'gap', seq: String(first) });
        }),
        { numRuns: 25 },
      );
    });

    it('by closing the gap that was made', async () => {
      const account = await chainOf(LENGTH);
      await tamper('DELETE FROM evidence WHERE account_id = $1 AND seq = 4', [account]);
      for (let seq = 5; seq <= LENGTH; seq += 1) await tamper('UPDATE evidence SET seq = seq - 1 WHERE account_id = $1 AND seq = $2', [account, seq]);
      await tamper('UPDATE evidence_head SET seq = seq - 1 WHERE account_id = $1', [account]);
      expect((await verify(account)).problem).toMatchObject({ kind: 'changed', seq: '4' });
    });

    it('by exchanging two entries', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(seqs, { minLength: 2, maxLength: 2 }), async ([one = 1, other = 2]) => {
          const account = await chainOf(LENGTH);
          for (const table of ['evidence', 'evidence_body']) {
            for (const [from, to] of [
              [one, -1],
              [other, one],
              [-1, other],
            ])
              await tamper(`UPDATE ${table} SET seq = $3 WHERE account_id = $1 AND seq = $2`, [account, from, to]);
          }
          expect((await verify(account)).problem).toMatchObject({ kind: 'reordered', seq: String(Math.min(one, other)) });
        }),
        { numRuns: 25 },
      );
    });

    it('by cutting the end, with the head in the database or with one kept outside of it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: LENGTH - 1 }), fc.boolean(), async (left, headToo) => {
          const account = await chainOf(LENGTH);
          const whole = await verify(account);
          const kept = whole.head === undefined ? [] : [whole.head];
          await tamper('DELETE FROM evidence WHERE account_id = $1 AND seq > $2', [account, left]);
          if (headToo) {
            await tamper('DELETE FROM evidence_head WHERE account_id = $1 AND $2 = 0', [account, left]);
            await tamper(`UPDATE evidence_head h SET seq = $2, hash = e.hash FROM evidence e WHERE h.account_id = $1 AND e.account_id = $1 AND e.seq = $2`, [account, left]);
          }
          expect((await verify(account, kept)).problem).toMatchObject({ kind: 'truncated', seq: String(left + 1) });
          expect((await verify(account)).ok).toBe(headToo);
        }),
        { numRuns: 25 },
      );
    });

    it('by cutting the end and writing another one', async () => {
      const account = await chainOf(LENGTH);
      const kept = (await verify(account)).head;
      for (const table of ['evidence', 'evidence_body']) await tamper(`DELETE FROM ${table} WHERE account_id = $1 AND seq > 5`, [account]);
      await tamper('UPDATE evidence_head h SET seq = 5, hash = e.hash FROM evidence e WHERE h.account_id = $1 AND e.account_id = $1 AND e.seq = 5', [account]);
      await append(
        account,
        Array.from({ length: LENGTH }, (_, n) => held(n + 100)),
      );
      expect((await verify(account)).ok).toBe(true);
      expect((await verify(account, kept === undefined ? [] : [kept])).problem).toMatchObject({ kind: 'head-mismatch', seq: String(LENGTH) });
    });

    it('by adding an entry behind the head', async () => {
      const account = await chainOf(3);
      await tamper('UPDATE evidence_head h SET seq = 2, hash = e.hash FROM evidence e WHERE h.account_id = $1 AND e.account_id = $1 AND e.seq = 2', [account]);
      expect((await verify(account)).problem).toMatchObject({ kind: 'head-mismatch' });
    });
  });
});
