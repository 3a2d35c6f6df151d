import { attributeKey } from './attribute-keys.js';
import { wordForms } from './search-words.js';

/** What the listings of a product are asked about; the catalog only passes it on. */
export interface ListedFilter {
  readonly accountId?: string;
  readonly channel?: string;
  /** State of the listing ("drifted"). */
  readonly state?: string;
  /** Only products that a channel cannot take as they are. */
  readonly incomplete?: boolean;
}

/** Products that fulfil all that is given; JSON, so that it can be kept in a job. */
export interface ProductFilter {
  /** What a person types: words of title and brand in any form, the beginning of a SKU, or a barcode. */
  readonly text?: string;
  /** A path; products of the categories under it belong to it too. */
  readonly category?: string;
  readonly skuPrefix?: string;
  readonly skus?: readonly string[];
  readonly brand?: string;
  /** Each of these attributes has this value (any case; a number with its unit: "0.35 л"). */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly archived?: boolean;
  /** Whether an edit waits for approval. */
  readonly draft?: boolean;
  readonly listed?: ListedFilter;
}

/** Takes a value and answers the placeholder that stands for it. */
export type Bind = (value: unknown) => string;

/** A condition on `p.id`. */
export type ListedCondition = (filter: ListedFilter, bind: Bind) => string;

/** SQL conditions on `product p`, every one of them answered by an index. */
export function productConditions(filter: ProductFilter, bind: Bind, listed?: ListedCondition): string[] {
  const where: string[] = [];
  if (filter.text !== undefined && filter.text.trim() !== '') where.push(textCondition(filter.text.trim(), bind));
  if (filter.category !== undefined) {
    const path = bind(filter.category);
    where.push(`p.category = ANY (ARRAY(SELECT c.path FROM category c WHERE c.path = ${path} OR starts_with(c.path, ${path} || ' / ')) || ${path})`);
  }
  if (filter.skuPrefix !== undefined) where.push(`p.sku LIKE ${bind(`${likeText(filter.skuPrefix)}%`)}`);
  if (filter.skus !== undefined) where.push(`p.sku = ANY (${bind(filter.skus)}::text[])`);
  if (filter.brand !== undefined) where.push(`p.brand = ${bind(filter.brand)}`);
  const keys = Object.entries(filter.attributes ?? {}).map(([name, value]) => attributeKey(name, value.trim().toLowerCase()));
  if (keys.length > 0) where.push(`p.id IN (SELECT k.product_id FROM product_attribute_key k WHERE k.keys @> ${bind(keys)}::bigint[])`);
  if (filter.archived !== undefined) where.push(filter.archived ? 'p.archived' : 'NOT p.archived');
  if (filter.draft !== undefined) where.push(filter.draft ? 'p.draft' : 'NOT p.draft');
  if (filter.listed !== undefined) {
    if (!listed) throw new Error('Nobody here knows the listings: give the reader a condition for them');
    where.push(listed(filter.listed, bind));
  }
  return where;
}

/** Three index lookups side by side; a single OR over them would read every product. */
function textCondition(text: string, bind: Bind): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const found: string[] = [];
  if (words.length > 0) {
    // The last word may still be being typed.
    const spoken = (word: string, at: number): string =>
      `(${wordForms(word)
        .map((form) => (at === words.length - 1 ? `${form}:*` : form))
        .join(' | ')})`;
    const query = bind(words.map(spoken).join(' & '));
    found.push(`SELECT w.product_id FROM product_words w WHERE w.words @@ to_tsquery('russian', ${query})`);
  }
  for (const start of new Set([text, text.toUpperCase()])) found.push(`SELECT s.id FROM product s WHERE s.sku LIKE ${bind(`${likeText(start)}%`)}`);
  if (/^\d{8,14}$/.test(text)) found.push(`SELECT b.product_id FROM product_barcode b WHERE b.barcode = ${bind(text)}`);
  return `p.id IN (${found.join(' UNION ALL ')})`;
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
