import type { Pool } from 'pg';
import { sameValue } from '../../document/canonical-document.js';
import { DOCUMENT_FIELDS, KEYED_FIELDS, type ProductDocument } from '../../document/product-document.js';
import type { RevisionCause } from '../../write/revision-cause.js';

/** One field of one product that differs between two states of the catalog, and the revision that brought it to what it is. */
export interface FieldDifference {
  readonly sku: string;
  /** "title", "attributes.Цвет". */
  readonly field: string;
  /** Undefined: it was not there. */
  readonly before: unknown;
  readonly after: unknown;
  readonly author: string;
  readonly at: Date;
  readonly cause: RevisionCause;
  readonly revision: number;
}

interface Row {
  readonly id: string;
  readonly sku: string;
  readonly revision: number;
  readonly document: ProductDocument;
  readonly author: string;
  readonly cause: RevisionCause;
  readonly at: Date;
}

const PER_PAGE = 200;
const KEYED: ReadonlySet<string> = new Set<string>(KEYED_FIELDS);

/** What changed after `from` up to `to`, product by product in the order of their ids, page by page; memory stays flat. */
export async function* catalogDiff(pool: Pool, from: Date, to: Date): AsyncGenerator<readonly FieldDifference[]> {
  for (let after = '0'; ;) {
    const { rows: ids } = await pool.query<{ id: string }>(
      `SELECT DISTINCT product_id AS id FROM product_revision WHERE product_id > $1 AND created_at > $2 AND created_at <= $3 ORDER BY product_id LIMIT $4`,
      [after, from, to, PER_PAGE],
    );
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last.id;
    const families = await histories(
      pool,
      ids.map(({ id }) => id),
      from,
      to,
    );
    const found = families.flatMap((rows) => differences(rows, from));
    if (found.length > 0) yield found;
  }
}

/** Of each product the revision that stood at `from`, if any, and those made since, oldest first. */
async function histories(pool: Pool, ids: readonly string[], from: Date, to: Date): Promise<Row[][]> {
  const { rows } = await pool.query<Row>(
    `SELECT p.id, p.sku, r.revision, r.document, r.author, r.cause, r.created_at AS at
     FROM unnest($1::bigint[]) AS w (id) JOIN product p ON p.id = w.id
     CROSS JOIN LATERAL (
       (SELECT b.revision FROM product_revision b WHERE b.product_id = p.id AND b.created_at <= $2 ORDER BY b.revision DESC LIMIT 1)
       UNION ALL
       SELECT n.revision FROM product_revision n WHERE n.product_id = p.id AND n.created_at > $2 AND n.created_at <= $3
     ) AS chosen
     JOIN product_revision r ON r.product_id = p.id AND r.revision = chosen.revision
     ORDER BY p.id, r.revision`,
    [ids, from, to],
  );
  const families = new Map<string, Row[]>();
  for (const row of rows) families.set(row.id, [...(families.get(row.id) ?? []), row]);
  return [...families.values()];
}

function differences(rows: readonly Row[], from: Date): FieldDifference[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const base = first.at.getTime() <= from.getTime() ? first : undefined;
  const states = rows.map((row) => ({ row, values: fieldValues(row.document) }));
  const before = base ? fieldValues(base.document) : new Map<string, unknown>();
  const after = fieldValues(last.document);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field): FieldDifference[] => {
    const [was, is] = [before.get(field), after.get(field)];
    if (sameValue(was, is)) return [];
    // The newest revision that brought the value it has now.
    const at = states.findLastIndex((state, i) => sameValue(state.values.get(field), is) && (i === 0 || !sameValue(states[i - 1]?.values.get(field), is)));
    const { row } = states[Math.max(at, 0)] ?? { row: last };
    return [{ sku: last.sku, field, before: was, after: is, author: row.author, at: row.at, cause: row.cause, revision: row.revision }];
  });
}

/** Every field, keyed ones key by key; what is empty is not there. */
function fieldValues(document: ProductDocument): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const field of DOCUMENT_FIELDS) {
    const value = document[field];
    if (value === undefined || field === 'sku') continue;
    if (KEYED.has(field)) for (const [key, inner] of Object.entries(value as object)) values.set(`${field}.${key}`, inner);
    else if (value !== '' && !(Array.isArray(value) && value.length === 0)) values.set(field, value);
  }
  return values;
}
