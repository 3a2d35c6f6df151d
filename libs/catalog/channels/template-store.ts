import type { Pool, PoolClient } from 'pg';
import { InvalidTemplate } from '../catalog-error.js';
import { category as categoryCheck, isText } from '../document/value-checks.js';
import { pathAndAbove } from '../attributes/attribute-declaration.js';
import { issueOf } from '../faults/validation-issue.js';
import { inTransaction } from '../write/in-transaction.js';
import { BrokenTemplate, parseTemplate, TEMPLATE_NAMES, templateNames, type TemplatePart } from './template.js';

export const TEMPLATE_FIELDS = ['title', 'description'] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

export interface ContentTemplate {
  readonly channel: string;
  /** Speaks for this category and those under it; '' for every product. */
  readonly category: string;
  readonly field: TemplateField;
  readonly pattern: string;
}

/** The templates of one channel, ready to be asked. */
export class ChannelTemplates {
  private readonly parsed = new Map<string, { readonly category: string; readonly parts: readonly TemplatePart[] }>();

  constructor(templates: readonly ContentTemplate[]) {
    for (const { category, field, pattern } of templates) this.parsed.set(`${field} ${category}`, { category, parts: parseTemplate(pattern) });
  }

  /** The template nearest to a category. */
  for(field: TemplateField, category: string): { readonly category: string; readonly parts: readonly TemplatePart[] } | undefined {
    if (this.parsed.size === 0) return undefined;
    for (const path of pathAndAbove(category).reverse()) {
      const found = this.parsed.get(`${field} ${path}`);
      if (found) return found;
    }
    return undefined;
  }
}

export async function channelTemplates(db: Pool | PoolClient, channel: string): Promise<ChannelTemplates> {
  const { rows } = await db.query<ContentTemplate>({
    name: 'catalog-channel-templates',
    text: 'SELECT channel, category, field, pattern FROM content_template WHERE channel = $1',
    values: [channel],
  });
  return new ChannelTemplates(rows);
}

/** Keeps templates; a change makes exactly the products it speaks of be planned anew. */
export class TemplateStore {
  constructor(private readonly pool: Pool) {}

  async list(channel?: string): Promise<(ContentTemplate & { readonly author: string; readonly updatedAt: Date })[]> {
    const { rows } = await this.pool.query<ContentTemplate & { author: string; updatedAt: Date }>(
      `SELECT channel, category, field, pattern, author, updated_at AS "updatedAt" FROM content_template
       WHERE $1::text IS NULL OR channel = $1 ORDER BY channel, category, field`,
      [channel ?? null],
    );
    return rows;
  }

  /** Answers how many products are planned anew; 0 when the template said this already. @throws InvalidTemplate */
  async set(template: ContentTemplate, author: string): Promise<number> {
    checkTemplate(template);
    const { channel, category, field, pattern } = template;
    return inTransaction(this.pool, async (client) => {
      await checkNames(client, template);
      const { rowCount } = await client.query(
        `INSERT INTO content_template AS t (channel, category, field, pattern, author) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (channel, category, field) DO UPDATE SET pattern = excluded.pattern, author = excluded.author, updated_at = now()
         WHERE t.pattern <> excluded.pattern`,
        [channel, category, field, pattern, author],
      );
      return rowCount === 0 ? 0 : viewChanged(client, category);
    });
  }

  /** Answers how many products are planned anew; undefined when there was no such template. */
  async remove({ channel, category, field }: Omit<ContentTemplate, 'pattern'>): Promise<number | undefined> {
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query('DELETE FROM content_template WHERE channel = $1 AND category = $2 AND field = $3', [channel, category, field]);
      return rowCount === 0 ? undefined : viewChanged(client, category);
    });
  }
}

async function viewChanged(client: PoolClient, category: string): Promise<number> {
  const { rowCount } = await client.query(
    `WITH seen AS (
       UPDATE product SET view_version = view_version + 1
       WHERE approved_revision IS NOT NULL AND ($1 = '' OR category = $1 OR starts_with(category, $1 || ' / '))
       RETURNING id, approved_revision
     )
     INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, approved_revision FROM seen`,
    [category],
  );
  return rowCount ?? 0;
}

/** A name is a field's, or that of an attribute which is declared for these products or which one of them has. */
async function checkNames(client: PoolClient, { channel, category, pattern }: ContentTemplate): Promise<void> {
  const attributes = templateNames(parseTemplate(pattern)).filter((name) => !TEMPLATE_NAMES.includes(name));
  if (attributes.length === 0) return;
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.name FROM unnest($2::text[]) AS n (name)
     WHERE NOT EXISTS (SELECT FROM attribute_declaration d
                       WHERE d.name = n.name AND (d.category = ANY ($3::text[]) OR $1 = '' OR starts_with(d.category, $1 || ' / ')))
       AND NOT EXISTS (SELECT FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
                       WHERE ($1 = '' OR p.category = $1 OR starts_with(p.category, $1 || ' / ')) 
                         AND (r.document -> 'attributes' ? n.name OR r.document #> ARRAY['overrides', $4, 'attributes'] ? n.name))`,
    [category, attributes, pathAndAbove(category), channel],
  );
  if (rows.length === 0) return;
  throw new InvalidTemplate([issueOf('pattern', pattern, 'template-names', { names: rows.map(({ name }) => name).join(', '), fields: TEMPLATE_NAMES.join(', ') })]);
}

function checkTemplate({ category, field, pattern }: ContentTemplate): void {
  const faults = [];
  if (categoryCheck(category)) faults.push(issueOf('category', category, 'category'));
  if (!TEMPLATE_FIELDS.includes(field)) faults.push(issueOf('field', field, 'template-field'));
  if (!isText(pattern, 5_000, 1)) faults.push(issueOf('pattern', pattern, 'template'));
  else {
    try {
      parseTemplate(pattern);
    } catch (error) {
      if (!(error instanceof BrokenTemplate)) throw error;
      faults.push(issueOf('pattern', pattern, 'template-brace'));
    }
  }
  if (faults.length > 0) throw new InvalidTemplate(faults);
}
