import type { PoolClient } from 'pg';
import { fingerprint } from '#kernel';
import type { ProductDocument } from '../document/product-document.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { attributeTexts } from '../search/attribute-keys.js';

/** What tells a variant from the others of its model; undefined while a value of an axis is missing, which is a gap and no twin. */
export function variantKey({ model, attributes }: ProductDocument): string | undefined {
  if (!model || model.axes.length === 0) return undefined;
  const values = model.axes.map((axis) => {
    const value = attributes[axis];
    return value === undefined ? undefined : [axis, ...attributeTexts(value)];
  });
  return values.includes(undefined) ? undefined : fingerprint(JSON.stringify(values));
}

/** Variants of one model that do not differ in its axes: each is told which other one it equals. */
export async function findTwins(client: PoolClient, documents: readonly ProductDocument[]): Promise<Map<string, ValidationIssue>> {
  const twins = new Map<string, ValidationIssue>();
  const first = new Map<string, ProductDocument>();
  for (const document of documents) {
    const key = variantKey(document);
    if (key === undefined || document.archived) continue;
    const place = `${document.model?.code} ${key}`;
    const other = first.get(place);
    if (other) twins.set(document.sku, twinIssue(document, other.sku));
    else first.set(place, document);
  }
  if (first.size === 0) return twins;
  const bySku = new Map([...first.values()].map((document) => [document.sku, document]));
  const { rows } = await client.query<{ sku: string; other: string }>({
    name: 'catalog-variant-twins',
    text: `SELECT w.sku, p.sku AS other
           FROM unnest($1::text[], $2::text[], $3::bigint[]) AS w (sku, model, key)
           JOIN product_model m ON m.code = w.model
           JOIN product p ON p.model_id = m.id AND p.variant_key = w.key AND p.sku <> ALL ($4::text[]) AND NOT p.archived`,
    values: [[...bySku.keys()], [...bySku.values()].map((d) => d.model?.code), [...bySku.values()].map(variantKey), documents.map((d) => d.sku)],
  });
  for (const { sku, other } of rows) {
    const document = bySku.get(sku);
    if (document) twins.set(sku, twinIssue(document, other));
  }
  return twins;
}

function twinIssue({ model, attributes }: ProductDocument, other: string): ValidationIssue {
  const axes = model?.axes ?? [];
  return issueOf(`attributes.${axes[0] ?? ''}`, attributes[axes[0] ?? ''], 'variant-twin', { sku: other, axes: axes.join(', ') });
}
