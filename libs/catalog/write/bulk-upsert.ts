import { DatabaseError, type Pool } from 'pg';
import type { ProductInput } from '../document/product-document.js';
import { inTransaction } from './in-transaction.js';
import { prepareDocument } from './prepare-document.js';
import { writeDocuments, type DocumentWrite, type WriteOptions, type WriteOutcome } from './write-documents.js';

export interface UpsertItem {
  readonly document: ProductInput;
  /** As in `DocumentWrite`. */
  readonly basedOn?: number;
}

export interface UpsertOptions extends WriteOptions {
  /** Everything is tried and nothing kept. */
  readonly dryRun?: boolean;
}

export type UpsertOutcome = WriteOutcome | { readonly sku: string; readonly kind: 'repeated' };

const PER_STATEMENT = 1000;
/** Unique violation and deadlock: another writer was at the same products; the second look sees its work. */
const OVERTAKEN: ReadonlySet<string | undefined> = new Set(['23505', '40P01']);

/**
 * Creates or replaces products, up to 1,000 a statement and transaction; the bad ones are refused alone. One outcome an
 * item, in order; of items with one sku only the first is written.
 */
export async function upsertProducts(pool: Pool, items: readonly UpsertItem[], options: UpsertOptions): Promise<UpsertOutcome[]> {
  const outcomes: UpsertOutcome[] = [];
  const ready: { index: number; write: DocumentWrite }[] = [];
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const { sku } = item.document;
    const prepared = prepareDocument(item.document);
    if ('issues' in prepared) outcomes[index] = { sku, kind: 'invalid', issues: prepared.issues };
    else if (seen.has(sku)) outcomes[index] = { sku, kind: 'repeated' };
    else ready.push({ index, write: { document: prepared.document, basedOn: item.basedOn } });
    seen.add(sku);
  });
  for (let start = 0; start < ready.length; start += PER_STATEMENT) {
    const part = ready.slice(start, start + PER_STATEMENT);
    const results = await writeAndSettle(
      pool,
      part.map((p) => p.write),
      options,
    );
    results.forEach((result, i) => {
      const target = part[i];
      if (target) outcomes[target.index] = result;
    });
  }
  return outcomes;
}

/** Writes in one transaction. What another writer overtook is tried once more: the second look sees that writer's work. */
export async function writeAndSettle(pool: Pool, writes: readonly DocumentWrite[], options: UpsertOptions): Promise<WriteOutcome[]> {
  const write = (some: readonly DocumentWrite[]) => inTransaction(pool, (client) => writeDocuments(client, some, options), options.dryRun !== true);
  const outcomes = await write(writes).catch((error: unknown) => {
    if (error instanceof DatabaseError && OVERTAKEN.has(error.code)) return write(writes);
    throw error;
  });
  const overtaken = writes.filter((w, i) => outcomes[i]?.kind === 'stale' && w.basedOn === undefined);
  if (overtaken.length === 0) return outcomes;
  const again = await write(overtaken);
  const bySku = new Map(again.map((outcome) => [outcome.sku, outcome]));
  return outcomes.map((outcome) => bySku.get(outcome.sku) ?? outcome);
}
