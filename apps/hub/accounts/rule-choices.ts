import type { Pool } from 'pg';
import type { ChannelModule, RuleChoice } from '#channels/contract';
import { type Account, RULE_TABLES, type RuleTable } from '#listings';
import { KeptReferences } from './kept-references.js';

export interface TableChoices {
  readonly table: RuleTable;
  /** What the catalog has: the left side of a row. */
  readonly names: readonly string[];
  /** What the channel has: the right side. null: nothing to choose from, the seller writes it. */
  readonly choices: readonly RuleChoice[] | null;
}

/** Names are suggested from the newest products: in a large catalog they speak for the rest. */
const SAMPLE = 5_000;
const MOST_NAMES = 2_000;

/**
 * What rows of an account's rules may say, by table. A table that the channel does not read is left out. Nothing is asked of the
 * channel: what the hub has not fetched yet is not among the choices.
 */
export async function ruleChoices(pool: Pool, module: ChannelModule, account: Account): Promise<readonly TableChoices[]> {
  const references = new KeptReferences(pool, module, account);
  await references.load(Object.values(module.choices ?? {}).flatMap(({ needs }) => needs));
  const names = await catalogNames(pool);
  return RULE_TABLES.flatMap((table): TableChoices[] => {
    if (table === 'attributes') return [{ table, names: names.attributes, choices: null }];
    const known = module.choices?.[table];
    if (table === 'warehouses' && known === undefined) return [];
    return [{ table, names: names[table], choices: known === undefined ? null : known.list(references.get) }];
  });
}

async function catalogNames(pool: Pool): Promise<Readonly<Record<RuleTable, readonly string[]>>> {
  const { rows } = await pool.query<Record<RuleTable, string[] | null>>(
    `WITH newest AS (SELECT r.document FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision WHERE NOT p.archived ORDER BY p.id DESC LIMIT $1)
     SELECT (SELECT array_agg(c.category ORDER BY c.category) FROM (SELECT DISTINCT category FROM product WHERE NOT archived AND category <> '' ORDER BY 1 LIMIT $2) c) AS categories,
       (SELECT array_agg(a.name ORDER BY a.name) FROM (SELECT DISTINCT jsonb_object_keys(document -> 'attributes') AS name FROM newest ORDER BY 1 LIMIT $2) a) AS attributes,
       (SELECT array_agg(w.name ORDER BY w.name) FROM (SELECT DISTINCT jsonb_object_keys(document -> 'stock') AS name FROM newest ORDER BY 1 LIMIT $2) w) AS warehouses`,
    [SAMPLE, MOST_NAMES],
  );
  const [found] = rows;
  return { categories: found?.categories ?? [], attributes: found?.attributes ?? [], warehouses: found?.warehouses ?? [] };
}
