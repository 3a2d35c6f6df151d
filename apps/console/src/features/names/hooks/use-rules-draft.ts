import { useState } from 'react';
import { type AccountRules, RULE_TABLES, type Rows, type RuleTable, type RuleTables } from '../api/account-rules';

type RowFate = 'kept' | 'new' | 'changed' | 'removed';

export interface DraftRow {
  readonly name: string;
  /** What it will be called; of a removed row, what it is called until then. */
  readonly value: string;
  readonly fate: RowFate;
}

export interface RulesDraft {
  rows(table: RuleTable): readonly DraftRow[];
  set(table: RuleTable, name: string, value: string): void;
  remove(table: RuleTable, name: string): void;
  /** Puts a row back as it stands on the hub. */
  restore(table: RuleTable, name: string): void;
  reset(): void;
  /** How many rows differ from what stands on the hub. */
  readonly changes: number;
  /** Only the tables that differ, each whole. */
  readonly tables: RuleTables;
}

/** Rows as a person edits them, beside those that stand on the hub. Nothing is sent. */
export function useRulesDraft(saved: AccountRules): RulesDraft {
  const [drafts, setDrafts] = useState<RuleTables>({});
  const rowsOf = (table: RuleTable): Rows => drafts[table] ?? saved[table];
  const change = (table: RuleTable, rows: Rows): void => setDrafts((before) => ({ ...before, [table]: rows }));
  const without = (table: RuleTable, name: string): Rows => Object.fromEntries(Object.entries(rowsOf(table)).filter(([known]) => known !== name));
  const rows = (table: RuleTable): readonly DraftRow[] => {
    const wanted = rowsOf(table);
    return [...new Set([...Object.keys(saved[table]), ...Object.keys(wanted)])].map((name): DraftRow => {
      const [before, after] = [saved[table][name], wanted[name]];
      if (after === undefined) return { name, value: before ?? '', fate: 'removed' };
      return { name, value: after, fate: before === undefined ? 'new' : before === after ? 'kept' : 'changed' };
    });
  };
  const changed = RULE_TABLES.filter((table) => rows(table).some((row) => row.fate !== 'kept'));
  return {
    rows,
    set: (table, name, value) => change(table, { ...rowsOf(table), [name]: value }),
    remove: (table, name) => change(table, without(table, name)),
    restore: (table, name) => change(table, saved[table][name] === undefined ? without(table, name) : { ...rowsOf(table), [name]: saved[table][name] }),
    reset: () => setDrafts({}),
    changes: RULE_TABLES.reduce((sum, table) => sum + rows(table).filter((row) => row.fate !== 'kept').length, 0),
    tables: Object.fromEntries(changed.map((table) => [table, rowsOf(table)])),
  };
}
