import type { PoolClient } from 'pg';
import type { AccountRules } from '#channels/contract';

/** The tables of an account: what stands in the catalog on the left, what it is called on the channel on the right. */
export const RULE_TABLES = ['categories', 'attributes', 'warehouses'] as const;
export type RuleTable = (typeof RULE_TABLES)[number];
export type RuleTables = Readonly<Partial<Record<RuleTable, Readonly<Record<string, string>>>>>;

/**
 * Replaces the tables that are given and leaves the others. Every product is rendered anew under the new rules, and nothing is judged by the old ones;
 * the same tables again change nothing. Returns whether anything changed.
 */
export async function setRules(db: PoolClient, accountId: string, tables: RuleTables): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE channel_account SET rules = rules || $2::jsonb, rules_version = rules_version + 1 WHERE id = $1 AND rules || $2::jsonb IS DISTINCT FROM rules',
    [accountId, JSON.stringify(tables)],
  );
  return rowCount === 1;
}

/** The tables of an account, each whole. */
export function rulesOf(rules: AccountRules): Readonly<Record<RuleTable, Readonly<Record<string, string>>>> {
  return { categories: rules.categories, attributes: rules.attributes, warehouses: rules.warehouses ?? {} };
}
