import type { PoolClient } from 'pg';
import type { ProductDocument } from '../document/product-document.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';

/** Components that do not exist, and bundles that would hold themselves. Documents of the same batch count as they will be. */
export async function findBundleFaults(client: PoolClient, documents: readonly ProductDocument[]): Promise<Map<string, ValidationIssue[]>> {
  const bundles = documents.filter((document) => document.components !== undefined);
  if (bundles.length === 0) return new Map();
  // Two bundles written at once could each take the other: bundles are written one after another.
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('product_component'))`);
  const parts = [...new Set(bundles.flatMap((bundle) => (bundle.components ?? []).map((component) => component.sku)))];
  const own = new Map(documents.map((document) => [document.sku, (document.components ?? []).map((component) => component.sku)]));
  const unknown = await unknownSkus(
    client,
    parts.filter((sku) => !own.has(sku)),
  );
  const graph = new Map([...(await componentsBelow(client, parts)), ...own]);
  const faults = new Map<string, ValidationIssue[]>();
  for (const bundle of bundles) {
    const found = (bundle.components ?? []).flatMap((component, at): ValidationIssue[] => {
      const field = `components.${at}`;
      if (unknown.has(component.sku)) return [issueOf(field, component.sku, 'component-unknown', { sku: component.sku })];
      const cycle = pathTo(bundle.sku, component.sku, graph, new Set());
      return cycle ? [issueOf(field, component.sku, 'component-cycle', { path: [bundle.sku, ...cycle].join(' → ') })] : [];
    });
    if (found.length > 0) faults.set(bundle.sku, found);
  }
  return faults;
}

async function unknownSkus(client: PoolClient, skus: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ sku: string }>('SELECT w.sku FROM unnest($1::text[]) AS w (sku) WHERE NOT EXISTS (SELECT FROM product p WHERE p.sku = w.sku)', [skus]);
  return new Set(rows.map((row) => row.sku));
}

async function componentsBelow(client: PoolClient, skus: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ bundle: string; parts: string[] }>(
    `WITH RECURSIVE below AS (
       SELECT unnest($1::text[]) AS sku
       UNION
       SELECT c.sku FROM below b JOIN product p ON p.sku = b.sku JOIN product_component c ON c.bundle_id = p.id
     )
     SELECT p.sku AS bundle, array_agg(c.sku) AS parts
     FROM below b JOIN product p ON p.sku = b.sku JOIN product_component c ON c.bundle_id = p.id GROUP BY p.sku`,
    [skus],
  );
  return new Map(rows.map((row) => [row.bundle, row.parts]));
}

/** The way from one product down to the wanted one, both named; undefined when there is none. */
function pathTo(wanted: string, from: string, graph: ReadonlyMap<string, readonly string[]>, seen: Set<string>): string[] | undefined {
  if (from === wanted) return [from];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of graph.get(from) ?? []) {
    const rest = pathTo(wanted, next, graph, seen);
    if (rest) return [from, ...rest];
  }
  return undefined;
}
