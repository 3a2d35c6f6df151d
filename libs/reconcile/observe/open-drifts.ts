import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';
import type { NamedDrift } from '../diff/index.js';
import { appendEvidence, type EvidenceEntry, RevisionOrigins } from '../evidence/index.js';
import type { Deviation, Judgement } from './judge-listings.js';
import { nameDrifts } from './name-drifts.js';

/** A drift of the same facet and kind within this time (account clock) continues its story. */
const SAME_STORY_MS = 30 * 86_400_000;

/** Opens a drift for every deviation (or tells an open one its new value), with the before-image as evidence in the same transaction. */
export async function openDrifts(client: PoolClient, ctx: AccountContext, judgement: Judgement, sweepNumber: string | undefined): Promise<void> {
  await openOrphans(client, ctx, judgement, sweepNumber);
  const { deviations } = judgement;
  if (deviations.length === 0) return;
  const named = await nameDrifts(client, ctx, deviations, judgement.pictures);
  const origins = await RevisionOrigins.read(
    client,
    deviations.flatMap(({ listing: { productId }, row }, ordinal) => [
      { productId, revision: row.desiredRevision },
      { productId, revision: named[ordinal]?.revision },
    ]),
  );
  const now = new Date(ctx.clock.now());
  const { rows } = await client.query<{ ordinal: number; id: string; story: string; repeats: number }>(
    `WITH u AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb) AS t(ordinal integer, drift_id bigint, listing_id bigint, facet text, part text, kind text, cause text,
         partners jsonb, details jsonb, state text, observed bigint, expected bigint, revision integer)
     ), told AS (
       UPDATE drift d SET kind = u.kind, cause = u.cause, partners = u.partners, details = d.details || u.details, observed = u.observed, state = u.state,
         sweep_number = coalesce($4, d.sweep_number)
       FROM u WHERE d.id = u.drift_id RETURNING u.ordinal, d.id, d.story, d.repeats
     ), opened AS (
       INSERT INTO drift (account_id, listing_id, facet, part, kind, cause, partners, details, state, observed, expected, revision, noticed_at, sweep_number, story, repeats)
       SELECT $1, u.listing_id, u.facet, u.part, u.kind, u.cause, u.partners, u.details, u.state, u.observed, u.expected, u.revision, $3, $4, p.story, coalesce(p.repeats + 1, 0)
       FROM u LEFT JOIN LATERAL (
         SELECT coalesce(d.story, d.id) AS story, d.repeats FROM drift d
         WHERE d.listing_id = u.listing_id AND d.facet = u.facet AND d.part = u.part AND d.kind = u.kind AND d.healed_at > $5 ORDER BY d.id DESC LIMIT 1) p ON true
       WHERE u.drift_id IS NULL RETURNING id, listing_id, facet, part, story, repeats
     )
     SELECT ordinal, id, story, repeats FROM told
     UNION ALL
     SELECT u.ordinal, o.id, o.story, o.repeats FROM opened o JOIN u ON u.listing_id = o.listing_id AND u.facet = o.facet AND u.part = o.part AND u.drift_id IS NULL`,
    [
      ctx.account.id,
      JSON.stringify(deviations.map((deviation, ordinal) => rowFor(deviation, named[ordinal], ordinal))),
      now,
      sweepNumber ?? null,
      new Date(now.getTime() - SAME_STORY_MS),
    ],
  );
  const entries: EvidenceEntry[] = [];
  const stories: string[] = [];
  for (const { ordinal, id, story, repeats } of rows) {
    const deviation = deviations[ordinal];
    const name = named[ordinal];
    if (!deviation || !name) continue;
    deviation.row.driftId = id;
    if (story !== null) stories.push(story);
    entries.push(noticed(deviation, name, id, now.getTime(), origins));
    if (repeats > 0) entries.push(again(deviation, id, repeats, now.getTime()));
  }
  await closeHeldTime(client, stories, now);
  if (!ctx.sabotage.has('evidence')) await appendEvidence(client, ctx.account.id, entries);
}

function rowFor({ listing, row, print }: Deviation, named: NamedDrift | undefined, ordinal: number) {
  return {
    ordinal,
    drift_id: row.driftId,
    listing_id: listing.id,
    facet: row.facet,
    part: row.part,
    kind: named?.kind,
    cause: named?.cause,
    partners: named?.partners ?? [],
    details: { ...named, kind: undefined, cause: undefined, partners: undefined },
    state: row.state === 'ignored' ? 'ignored' : 'open',
    observed: print,
    expected: row.expected,
    revision: row.desiredRevision,
  };
}

function noticed({ listing, row, live, desired, print }: Deviation, named: NamedDrift, driftId: string, at: number, origins: RevisionOrigins): EvidenceEntry {
  const { productId } = listing;
  return {
    kind: 'drift.noticed',
    at,
    listingId: listing.id,
    driftId,
    facet: row.facet,
    body: {
      part: row.part,
      driftKind: named.kind,
      cause: named.cause,
      observed: live,
      desired,
      prints: { observed: print, expected: row.expected, desired: row.desired },
      revision: origins.of({ productId, revision: row.desiredRevision }),
      matches: origins.of({ productId, revision: named.revision }),
      partners: named.partners ?? [],
      details: { paths: named.paths, confidence: named.confidence },
    },
  };
}

function again({ listing, row, live, print }: Deviation, driftId: string, repeats: number, at: number): EvidenceEntry {
  return {
    kind: 'drift.again',
    at,
    listingId: listing.id,
    driftId,
    facet: row.facet,
    body: { part: row.part, repeats, observed: live, prints: { observed: print, expected: row.expected, desired: row.desired } },
  };
}

async function openOrphans(client: PoolClient, ctx: AccountContext, { orphans }: Judgement, sweepNumber: string | undefined): Promise<void> {
  if (orphans.length === 0) return;
  const now = new Date(ctx.clock.now());
  const { rows } = await client.query<{ id: string; listing_id: string }>(
    `INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, reason, noticed_at, sweep_number)
     SELECT $1, u, 'presence', 'orphan', 'unknown', 'held', 'orphan', $3, $4 FROM unnest($2::bigint[]) AS u RETURNING id, listing_id`,
    [ctx.account.id, orphans.map(({ listing }) => listing.id), now, sweepNumber ?? null],
  );
  const ids = new Map(rows.map((row) => [row.listing_id, row.id]));
  for (const { listing, row } of orphans) row.driftId = ids.get(listing.id) ?? null;
  await appendEvidence(
    client,
    ctx.account.id,
    orphans.map(({ listing, row, live }) => ({
      kind: 'drift.noticed' as const,
      at: now.getTime(),
      listingId: listing.id,
      driftId: row.driftId ?? undefined,
      facet: 'presence' as const,
      body: { part: '', driftKind: 'orphan' as const, cause: 'unknown' as const, observed: live, prints: { observed: row.observed, expected: null, desired: null }, partners: [] },
    })),
  );
}

/** The earlier drift of a story held until now: the time between healing and the next drift. */
async function closeHeldTime(client: PoolClient, stories: readonly string[], now: Date): Promise<void> {
  if (stories.length === 0) return;
  await client.query(`UPDATE drift SET held_until = $2 WHERE (id = ANY($1::bigint[]) OR story = ANY($1::bigint[])) AND state = 'healed' AND held_until IS NULL`, [stories, now]);
}
