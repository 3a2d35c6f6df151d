import type { PoolClient } from 'pg';
import { canonicalJson } from './canonical-json.js';
import { type ChainLink, genesisOf, linkHash, linkTime, sha256 } from './chain-link.js';
import type { EvidenceEntry } from './evidence-entry.js';
import { redactEvidence } from './redact-evidence.js';

interface Head {
  readonly seq: bigint;
  readonly hash: string;
}

const LOCK_HEAD = `SELECT seq, encode(hash, 'hex') AS hash FROM evidence_head WHERE account_id = $1 FOR UPDATE`;

/** The lock on the head is what makes one order of all writers of an account; it is held until the caller's transaction ends. */
async function lockHead(client: PoolClient, accountId: string): Promise<Head> {
  for (;;) {
    const { rows } = await client.query<{ seq: string; hash: string }>(LOCK_HEAD, [accountId]);
    if (rows[0] !== undefined) return { seq: BigInt(rows[0].seq), hash: rows[0].hash };
    await client.query(`INSERT INTO evidence_head (account_id, seq, hash) VALUES ($1, 0, decode($2, 'hex')) ON CONFLICT DO NOTHING`, [accountId, genesisOf(accountId)]);
  }
}

const APPEND = `
  WITH entry AS (
    INSERT INTO evidence (account_id, seq, at, recorded_at, kind, listing_id, drift_id, intent_id, facet, digest, previous, hash)
    SELECT $1::bigint, e.seq, e.at, $2::timestamptz, e.kind, e.listing_id, e.drift_id, e.intent_id, e.facet,
      decode(e.digest, 'hex'), decode(e.previous, 'hex'), decode(e.hash, 'hex')
    FROM unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[])
      AS e (seq, at, kind, listing_id, drift_id, intent_id, facet, digest, previous, hash)
  ), body AS (
    INSERT INTO evidence_body (account_id, seq, body)
    SELECT $1::bigint, b.seq, b.body FROM unnest($3::bigint[], $13::text[]) AS b (seq, body)
  )
  UPDATE evidence_head SET seq = $14::bigint, hash = decode($15, 'hex') WHERE account_id = $1::bigint`;

/**
 * Adds entries to an account's chain in the caller's transaction and returns their sequence numbers in order.
 * Nothing is recorded unless that transaction commits. Writers of one account wait for each other from here to their commit:
 * call it late in the transaction. Secrets are redacted before anything is digested.
 */
export async function appendEvidence(client: PoolClient, accountId: string, entries: readonly EvidenceEntry[], recordedAt: Date = new Date()): Promise<string[]> {
  if (entries.length === 0) return [];
  const bodies = entries.map((entry) => canonicalJson(redactEvidence(entry.body)));
  const head = await lockHead(client, accountId);
  const links: ChainLink[] = [];
  let previous = head.hash;
  entries.forEach((entry, index) => {
    const open = {
      accountId,
      seq: (head.seq + BigInt(index + 1)).toString(),
      at: linkTime(new Date(entry.at)),
      recordedAt: linkTime(recordedAt),
      kind: entry.kind,
      listingId: entry.listingId ?? null,
      driftId: entry.driftId ?? null,
      intentId: entry.intentId ?? null,
      facet: entry.facet ?? null,
      digest: sha256(bodies[index] ?? ''),
      previous,
    };
    previous = linkHash(open);
    links.push({ ...open, hash: previous });
  });
  const column = <K extends keyof ChainLink>(name: K): ChainLink[K][] => links.map((link) => link[name]);
  const seqs = column('seq');
  await client.query(APPEND, [
    accountId,
    linkTime(recordedAt),
    seqs,
    column('at'),
    column('kind'),
    column('listingId'),
    column('driftId'),
    column('intentId'),
    column('facet'),
    column('digest'),
    column('previous'),
    column('hash'),
    bodies,
    seqs[seqs.length - 1],
    previous,
  ]);
  return seqs;
}
