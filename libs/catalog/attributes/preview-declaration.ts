import type { Pool } from 'pg';
import { type RefusalReason, RefusalReasons } from '../bulk/refusal-reasons.js';
import type { AttributeValue, ProductDocument } from '../document/product-document.js';
import { type AttributeDeclaration, declaredIn } from './attribute-declaration.js';
import { fitAttributes, wrongAttributes } from './check-attributes.js';
import { declarationsOf } from './declaration-store.js';

/** Whom a declaration would refuse at their next change. */
export interface DeclarationPreview {
  /** Products it would speak for that have the attribute. */
  readonly products: number;
  /** Of these, products whose value it would not take. */
  readonly refused: number;
  /** Products that become incomplete: it is required and they lack it. */
  readonly missing: number;
  readonly reasons: readonly RefusalReason[];
}

interface Row {
  readonly id: string;
  readonly sku: string;
  readonly category: string;
  readonly value: AttributeValue | null;
  readonly overrides: ProductDocument['overrides'] | null;
}

const PER_PAGE = 1_000;

/** Judges every product that is not archived by the declaration, page by page; nothing is written. */
export async function previewDeclaration(pool: Pool, declaration: AttributeDeclaration): Promise<DeclarationPreview> {
  const { category, name, required } = declaration;
  const namesakes = (await declarationsOf(pool, name)).filter((other) => other.category !== category);
  const reasons = new RefusalReasons();
  const counts = { products: 0, refused: 0, missing: 0 };
  for (let after = '0'; ;) {
    const { rows } = await pool.query<Row>(
      `SELECT p.id, p.sku, p.category, r.document -> 'attributes' -> $2 AS value, r.document -> 'overrides' AS overrides
       FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
       WHERE p.id > $3 AND NOT p.archived AND ($1 = '' OR p.category = $1 OR starts_with(p.category, $1 || ' / ')) ORDER BY p.id LIMIT ${PER_PAGE}`,
      [category, name, after],
    );
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    for (const { sku, category: of, value, overrides } of rows) {
      const declared = declaredIn(of, [declaration, ...namesakes]);
      // A declaration nearer to the product goes on speaking for it.
      if (declared.get(name) !== declaration) continue;
      if (value !== null) counts.products++;
      else if (required) counts.missing++;
      const document = { attributes: value === null ? {} : { [name]: value }, ...(overrides && { overrides }) };
      const wrong = wrongAttributes(fitAttributes(document, declared), declared);
      if (wrong.length === 0) continue;
      counts.refused++;
      reasons.add(sku, wrong);
    }
  }
  return { ...counts, reasons: reasons.list() };
}
