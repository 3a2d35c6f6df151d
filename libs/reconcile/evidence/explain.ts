import type { Pool, PoolClient } from 'pg';
import type { Facet } from '#channels/contract';
import { judgeLastWriter, type LastWriter } from './last-writer.js';
import { evidenceOfListing } from './read-evidence.js';
import { type StoryLine, storyLine } from './story-line.js';

export interface CardStory {
  readonly listingId: string;
  readonly accountId: string;
  /** The seller's article on the channel. */
  readonly key: string;
  readonly externalId: string | null;
  readonly state: string;
  /** Oldest first. */
  readonly lines: readonly StoryLine[];
  /** For each facet that ever drifted: who wrote it last before its newest drift. */
  readonly lastWriters: readonly { readonly facet: Facet; readonly part: string; readonly answer: LastWriter }[];
}

interface DriftRow {
  readonly id: string;
  readonly facet: Facet;
  readonly part: string;
  readonly kind: string;
  readonly noticed_at: Date;
}

interface PushRow {
  readonly id: string;
  readonly operation: string;
  readonly phase: string;
  readonly created_at: Date;
}

function driftLine(row: DriftRow): StoryLine {
  return {
    at: row.noticed_at.toISOString(),
    kind: 'row.drift',
    facet: row.facet,
    ...(row.part === '' ? {} : { part: row.part }),
    driftId: row.id,
    text: { key: 'row.drift', params: { driftKind: row.kind } },
  };
}

function pushLine(row: PushRow): StoryLine {
  return { at: row.created_at.toISOString(), kind: 'row.push', intentId: row.id, text: { key: 'row.push', params: { operation: row.operation, phase: row.phase } } };
}

/** By time; entries of the chain never change places among themselves. */
function inOrder(chain: readonly StoryLine[], rows: readonly StoryLine[]): StoryLine[] {
  const rest = [...rows].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const lines: StoryLine[] = [];
  for (const line of chain) {
    while (rest[0] !== undefined && rest[0].at < line.at) lines.push(...rest.splice(0, 1));
    lines.push(line);
  }
  return [...lines, ...rest];
}

/** The story of a card from its evidence, completed from drifts and pushes that left none. Undefined for a card that is not there. */
export async function explain(db: Pool | PoolClient, listingId: string): Promise<CardStory | undefined> {
  const { rows } = await db.query<{ account_id: string; key: string; external_id: string | null; state: string }>(
    'SELECT account_id, key, external_id, state FROM listing WHERE id = $1',
    [listingId],
  );
  const listing = rows[0];
  if (listing === undefined) return undefined;
  const entries = await evidenceOfListing(db, listingId);
  const drifts = (await db.query<DriftRow>('SELECT id, facet, part, kind, noticed_at FROM drift WHERE listing_id = $1 ORDER BY id', [listingId])).rows;
  const pushes = (await db.query<PushRow>('SELECT id, operation, phase, created_at FROM push_intent WHERE listing_id = $1 ORDER BY id', [listingId])).rows;
  const toldDrifts = new Set(entries.map((entry) => entry.driftId));
  const toldPushes = new Set(entries.map((entry) => entry.intentId));
  const untold = [...drifts.filter((row) => !toldDrifts.has(row.id)).map(driftLine), ...pushes.filter((row) => !toldPushes.has(row.id)).map(pushLine)];
  const facets = new Map(drifts.map(({ facet, part }) => [`${facet}/${part}`, { facet, part }]));
  return {
    listingId,
    accountId: listing.account_id,
    key: listing.key,
    externalId: listing.external_id,
    state: listing.state,
    lines: inOrder(entries.map(storyLine), untold),
    lastWriters: [...facets.values()].map(({ facet, part }) => ({ facet, part, answer: judgeLastWriter(entries, facet, part) })),
  };
}
