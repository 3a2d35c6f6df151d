import type { Pool, PoolClient } from 'pg';
import type { ProductDocument } from '../document/product-document.js';
import { announceHolders } from '../write/bundle-holders.js';
import { inTransaction } from '../write/in-transaction.js';
import { writeDocuments } from '../write/write-documents.js';

/** A draft as the person saw it: a newer edit of the product is not approved along with it. */
export interface SeenDraft {
  readonly sku: string;
  readonly revision: number;
}

export type DraftOutcome = {
  readonly sku: string;
  /** `outdated`: the product has a newer revision; `unchanged`: nothing was waiting. */
  readonly kind: 'approved' | 'rejected' | 'unchanged' | 'outdated' | 'not-found';
  readonly revision?: number;
};

interface DraftRow {
  sku: string;
  id: string;
  newest: number;
  approved: number | null;
}

/** Lets drafts through to the channels, each with every draft before it. One outcome a draft, in order. */
export function approveDrafts(pool: Pool, drafts: readonly SeenDraft[]): Promise<DraftOutcome[]> {
  return inTransaction(pool, async (client) => {
    const rows = await lockProducts(client, drafts);
    const { outcomes, waiting } = sorted(drafts, rows);
    const ids = waiting.map(({ row }) => row.id);
    const revisions = waiting.map(({ draft }) => draft.revision);
    await client.query(
      `WITH w AS (SELECT * FROM unnest($1::bigint[], $2::integer[]) AS u (id, revision)),
       marked AS (UPDATE product_revision r SET approved = true FROM w WHERE r.product_id = w.id AND r.revision = w.revision),
       let_through AS (UPDATE product p SET approved_revision = w.revision, draft = false, updated_at = now() FROM w WHERE p.id = w.id)
       INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, revision FROM w`,
      [ids, revisions],
    );
    if (ids.length > 0) await announceHolders(client, ids);
    for (const { at, draft } of waiting) outcomes[at] = { sku: draft.sku, kind: 'approved', revision: draft.revision };
    return outcomes;
  });
}

/**
 * Sends drafts back: the product says again what was last approved, as a new approved revision. A product that never was approved is
 * archived, so that no channel gets it.
 */
export function rejectDrafts(pool: Pool, drafts: readonly SeenDraft[], author: string): Promise<DraftOutcome[]> {
  return inTransaction(pool, async (client) => {
    const rows = await lockProducts(client, drafts);
    const { outcomes, waiting } = sorted(drafts, rows);
    const { rows: documents } = await client.query<{ id: string; document: ProductDocument }>(
      `SELECT r.product_id AS id, r.document FROM unnest($1::bigint[], $2::integer[]) AS u (id, revision)
       JOIN product_revision r ON r.product_id = u.id AND r.revision = u.revision`,
      [waiting.map(({ row }) => row.id), waiting.map(({ row }) => row.approved ?? row.newest)],
    );
    const bySource = new Map(documents.map(({ id, document }) => [id, document]));
    const writes = waiting.flatMap(({ row, draft }) => {
      const document = bySource.get(row.id);
      return document ? [{ document: row.approved === null ? { ...document, archived: true } : document, basedOn: draft.revision }] : [];
    });
    const written = new Map((await writeDocuments(client, writes, { author, cause: { kind: 'rejection' } })).map((outcome) => [outcome.sku, outcome]));
    const same = waiting.filter(({ draft }) => written.get(draft.sku)?.kind === 'unchanged');
    // A draft that says what is approved already needs no new revision: it is as good as approved.
    await client.query('UPDATE product p SET approved_revision = p.revision, draft = false WHERE id = ANY ($1::bigint[]) AND approved_revision IS NOT NULL', [
      same.map(({ row }) => row.id),
    ]);
    for (const { at, draft } of waiting) {
      const outcome = written.get(draft.sku);
      outcomes[at] = outcome && 'revision' in outcome ? { sku: draft.sku, kind: 'rejected', revision: outcome.revision } : { sku: draft.sku, kind: 'outdated' };
    }
    return outcomes;
  });
}

async function lockProducts(client: PoolClient, drafts: readonly SeenDraft[]): Promise<Map<string, DraftRow>> {
  const { rows } = await client.query<DraftRow>(
    'SELECT sku, id, revision AS newest, approved_revision AS approved FROM product WHERE sku = ANY ($1::text[]) ORDER BY sku FOR UPDATE',
    [drafts.map((draft) => draft.sku)],
  );
  return new Map(rows.map((row) => [row.sku, row]));
}

function sorted(drafts: readonly SeenDraft[], rows: ReadonlyMap<string, DraftRow>) {
  const outcomes: DraftOutcome[] = [];
  const waiting: { at: number; draft: SeenDraft; row: DraftRow }[] = [];
  const seen = new Set<string>();
  for (const [at, draft] of drafts.entries()) {
    const row = rows.get(draft.sku);
    if (!row) outcomes[at] = { sku: draft.sku, kind: 'not-found' };
    else if (row.newest === row.approved || seen.has(draft.sku)) outcomes[at] = { sku: draft.sku, kind: 'unchanged', revision: row.newest };
    else if (row.newest !== draft.revision) outcomes[at] = { sku: draft.sku, kind: 'outdated', revision: row.newest };
    else waiting.push({ at, draft, row });
    seen.add(draft.sku);
  }
  return { outcomes, waiting };
}
