import type { Command } from 'commander';
import type { Say } from './cli-texts.js';

/** Which products a command speaks of, as typed. */
export interface ProductFilterOptions {
  readonly text?: string;
  readonly category?: string;
  readonly skuPrefix?: string;
  readonly brand?: string;
  readonly attribute?: readonly string[];
  readonly archived?: string;
  readonly draft?: string;
  readonly account?: string;
  readonly channel?: string;
  readonly state?: string;
  readonly incomplete?: boolean;
}

/** The members of every filter of products as options of a command. */
export function withProductFilter(command: Command, say: Say): Command {
  return command
    .option('--text <text>', say('option.text'))
    .option('--category <path>', say('option.category'))
    .option('--sku-prefix <sku>', say('option.sku-prefix'))
    .option('--brand <brand>', say('option.brand'))
    .option('--attribute <name:value...>', say('option.attribute'))
    .option('--archived <true|false>', say('option.archived'))
    .option('--draft <true|false>', say('option.draft'))
    .option('--account <id>', say('option.account'))
    .option('--channel <channel>', say('option.channel'))
    .option('--state <state>', say('option.listing-state'))
    .option('--incomplete', say('option.incomplete'));
}

/** The filter and the other plain options as a query of the hub. */
export function productQuery({ skuPrefix, attribute = [], ...plain }: ProductFilterOptions & Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...plain, sku_prefix: skuPrefix })) {
    if (typeof value === 'string' || typeof value === 'boolean') query.append(name, String(value));
  }
  for (const pair of attribute) query.append('attribute', pair);
  return query.toString();
}
