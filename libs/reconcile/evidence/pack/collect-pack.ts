import type { Pool, PoolClient } from 'pg';
import type { Facet, FacetValue } from '#channels/contract';
import { type DriftCause, type DriftKind, explainChange, type FieldChange } from '../../diff/index.js';
import type { RecordedEvidence } from '../evidence-entry.js';
import { judgeLastWriter } from '../last-writer.js';
import { linksWithBodies, type LinkWithBody } from '../link-rows.js';
import { linksOfListings, recordedEntry } from '../read-evidence.js';
import { storyLine } from '../story-line.js';
import type { KeptHead } from '../verify-evidence.js';
import type { PackContent, PackIncident, PackSelection } from './pack-content.js';

/** More incidents than a person reads in one document. */
export const MOST_INCIDENTS = 500;
/** A longer way from the first entry to the head is left out: the entries alone still prove themselves against the hub. */
const LONGEST_SEGMENT = 20_000;

/** The selection cannot become a pack; the message says why, for a person. */
export class PackRefused extends Error {
  constructor(
    readonly code: 'nothing-found' | 'too-many',
    message: string,
  ) {
    super(message);
    this.name = 'PackRefused';
  }
}

interface DriftRow {
  readonly id: string;
  readonly listing_id: string;
  readonly key: string;
  readonly sku: string;
  /** Of the product in the catalog: a joined card keeps an article of its own. */
  readonly product_sku: string | null;
  readonly title: string | null;
  readonly facet: Facet;
  readonly part: string;
  readonly kind: DriftKind;
  readonly cause: DriftCause;
  readonly state: string;
  readonly noticed_at: Date;
  readonly healed_at: Date | null;
}

const DRIFTS = `
  SELECT d.id, d.listing_id, l.key, coalesce(nullif(l.ids->>'sku', '0'), l.external_id, l.key) AS sku, p.sku AS product_sku, r.title,
    d.facet, d.part, d.kind, d.cause, d.state, d.noticed_at, d.healed_at
  FROM drift d JOIN listing l ON l.id = d.listing_id LEFT JOIN product p ON p.id = l.product_id
  LEFT JOIN LATERAL (SELECT r.values->>'title' AS title FROM listing_render r WHERE r.listing_id = l.id ORDER BY r.revision DESC LIMIT 1) r ON true
  WHERE d.account_id = $1 AND`;

async function selectDrifts(db: PoolClient, selection: PackSelection): Promise<{ drifts: DriftRow[]; missing: string[] }> {
  const end = `ORDER BY l.key, d.id LIMIT ${MOST_INCIDENTS + 1}`;
  if ('driftIds' in selection) {
    const drifts = (await db.query<DriftRow>(`${DRIFTS} d.id = ANY($2::bigint[]) ${end}`, [selection.accountId, selection.driftIds])).rows;
    const found = new Set(drifts.map((row) => row.id));
    return { drifts, missing: selection.driftIds.filter((id) => !found.has(id)) };
  }
  const drifts = (
    await db.query<DriftRow>(`${DRIFTS} (l.key = ANY($2) OR l.external_id = ANY($2) OR l.ids->>'sku' = ANY($2) OR p.sku = ANY($2)) ${end}`, [selection.accountId, selection.skus])
  ).rows;
  const found = new Set(drifts.flatMap((row) => [row.key, row.sku, row.product_sku]));
  return { drifts, missing: selection.skus.filter((sku) => !found.has(sku)) };
}

function changesOf(facet: Facet, wanted: unknown, live: unknown): readonly FieldChange[] {
  if (wanted === undefined || wanted === null || live === undefined || live === null) return [];
  return explainChange(facet, wanted as FacetValue, live as FacetValue);
}

/** What concerns one drift: its own entries, what healed it, and our pushes of its facet from the last one before it on. */
function entriesOf(row: DriftRow, card: readonly RecordedEvidence[]): readonly RecordedEvidence[] {
  const intents = new Set(
    card.flatMap((entry) =>
      entry.kind === 'push.intent' && (entry.body === undefined || [...entry.body.writeSet, ...entry.body.facets].includes(row.facet)) ? [entry.intentId] : [],
    ),
  );
  const isPush = (entry: RecordedEvidence): boolean => entry.kind.startsWith('push.') && intents.has(entry.intentId);
  const entries = card.filter((entry) => entry.driftId === row.id || isPush(entry));
  const first = entries.findIndex((entry) => entry.driftId === row.id);
  if (first < 0) return [];
  let from = first;
  for (let at = first - 1; at >= 0; at -= 1) {
    if (entries[at]?.kind !== 'push.intent') continue;
    from = at;
    break;
  }
  const last = entries.reduce((latest, entry, at) => (entry.driftId === row.id ? at : latest), first);
  const isHealed = entries[last]?.kind === 'drift.healed';
  return entries.slice(from, isHealed ? last + 1 : undefined);
}

function incidentOf(row: DriftRow, entries: readonly RecordedEvidence[]): PackIncident {
  const own = entriesOf(row, entries);
  const noticed = own.find((entry) => entry.kind === 'drift.noticed' && entry.driftId === row.id);
  const healed = own.filter((entry) => entry.kind === 'drift.healed' && entry.driftId === row.id).pop();
  const before = noticed?.kind === 'drift.noticed' ? noticed.body : undefined;
  const wanted = before?.desired ?? before?.expected;
  return {
    driftId: row.id,
    listingId: row.listing_id,
    key: row.key,
    sku: row.sku,
    title: row.title,
    facet: row.facet,
    part: row.part,
    kind: row.kind,
    cause: row.cause,
    state: row.state,
    noticedAt: row.noticed_at.toISOString(),
    healedAt: row.healed_at?.toISOString() ?? null,
    wanted,
    live: before?.observed,
    after: healed?.kind === 'drift.healed' ? healed.body?.after : undefined,
    changes: changesOf(row.facet, wanted, before?.observed),
    partners: before?.partners ?? [],
    lines: own.map(storyLine),
    lastWriter: judgeLastWriter(entries, row.facet, row.part, row.id),
  };
}

/** The whole way to the head, with the bodies of the selected entries only: what happened to other cards is nobody else's business. */
async function segment(
  db: PoolClient,
  accountId: string,
  selected: readonly LinkWithBody[],
  head: KeptHead | null,
): Promise<{ links: readonly LinkWithBody[]; connected: boolean }> {
  const first = selected[0];
  if (first === undefined || head === null) return { links: selected, connected: selected.length === 0 };
  if (BigInt(head.seq) - BigInt(first.seq) >= BigInt(LONGEST_SEGMENT)) return { links: selected, connected: false };
  const shown = new Set(selected.map((link) => link.seq));
  const links: LinkWithBody[] = [];
  for await (const batch of linksWithBodies(db, accountId, first.seq, head.seq)) links.push(...batch.map((link) => (shown.has(link.seq) ? link : { ...link, body: null })));
  return { links, connected: true };
}

/** Reads everything a pack tells in one snapshot. @throws PackRefused */
export async function collectPack(pool: Pool, selection: PackSelection, madeAt: Date): Promise<PackContent> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await collect(client, selection, madeAt);
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}

async function collect(db: PoolClient, selection: PackSelection, madeAt: Date): Promise<PackContent> {
  const account = (await db.query<PackContent['account']>('SELECT id, channel, title FROM channel_account WHERE id = $1', [selection.accountId])).rows[0];
  const { drifts, missing } = await selectDrifts(db, selection);
  if (account === undefined || drifts.length === 0) throw new PackRefused('nothing-found', 'None of the chosen cards has a recorded drift on this account.');
  if (drifts.length > MOST_INCIDENTS) throw new PackRefused('too-many', `A pack holds at most ${MOST_INCIDENTS} drifts; choose fewer.`);
  const head = (await db.query<KeptHead>(`SELECT seq, encode(hash, 'hex') AS hash FROM evidence_head WHERE account_id = $1`, [account.id])).rows[0] ?? null;
  const rows = (await linksOfListings(db, [...new Set(drifts.map((row) => row.listing_id))])).filter((link) => link.accountId === account.id);
  const byListing = new Map<string, RecordedEvidence[]>();
  for (const link of rows) {
    const entries = byListing.get(link.listingId ?? '') ?? [];
    entries.push(recordedEntry(link));
    byListing.set(link.listingId ?? '', entries);
  }
  const incidents = drifts.map((row) => incidentOf(row, byListing.get(row.listing_id) ?? []));
  const told = new Set(incidents.flatMap((incident) => incident.lines.map((line) => line.seq)));
  const selected = rows.filter((link) => told.has(link.seq));
  return { madeAt: madeAt.toISOString(), account, head, ...(await segment(db, account.id, selected, head)), incidents, missing };
}
