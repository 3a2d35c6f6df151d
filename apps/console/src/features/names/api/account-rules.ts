import { get, post, put } from '../../../app/http';
import type { Mode } from '../../overview/api/status';

export const RULE_TABLES = ['categories', 'attributes', 'warehouses'] as const;
export type RuleTable = (typeof RULE_TABLES)[number];
/** What the catalog calls something → what the channel calls it. */
export type Rows = Readonly<Record<string, string>>;
export type RuleTables = Readonly<Partial<Record<RuleTable, Rows>>>;

export type AccountRules = Readonly<Record<RuleTable, Rows>> & { readonly account: string; readonly version: number };

export interface RuleChoice {
  readonly id: string;
  readonly name: string;
}

/** A table that the channel reads. `choices` null: the seller writes what the channel calls it. */
export interface TableChoices {
  readonly table: RuleTable;
  readonly names: readonly string[];
  readonly choices: readonly RuleChoice[] | null;
}

export interface RulesPreview {
  readonly changes: readonly { readonly table: RuleTable; readonly name: string; readonly from: string | null; readonly to: string | null }[];
  readonly of: number;
  readonly looked: number;
  readonly cards: number;
  readonly examples: readonly string[];
  readonly facets: readonly { readonly facet: string; readonly mode: Mode; readonly cards: number }[];
  readonly unread: number;
  readonly cured: number;
  readonly faults: readonly { readonly code: string; readonly text?: string; readonly cards: number; readonly example: string }[];
  readonly withdrawn: readonly { readonly warehouse: string; readonly name: string | null; readonly cards: number; readonly pieces: number }[];
}

const place = (account: string): string => `/api/accounts/${encodeURIComponent(account)}/rules`;

export const readAccountRules = (account: string): Promise<AccountRules> => get(place(account));
export const readChoices = async (account: string): Promise<readonly TableChoices[]> => (await get<{ readonly items: readonly TableChoices[] }>(`${place(account)}/choices`)).items;
export const previewRules = (account: string, tables: RuleTables): Promise<RulesPreview> => post(`${place(account)}/preview`, tables);
export const setRules = (account: string, tables: RuleTables): Promise<AccountRules> => put(place(account), tables);
