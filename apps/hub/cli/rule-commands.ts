import type { Command } from 'commander';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { member } from './json-reading.js';
import type { Show } from './show.js';
import { word } from './words.js';

/** The words of a command beside the tables of the API. */
const TABLES: Readonly<Record<string, string>> = { category: 'categories', attribute: 'attributes', warehouse: 'warehouses' };

function tableOf(rules: unknown, name: string): Readonly<Record<string, string>> {
  return Object(member(rules, name)) as Readonly<Record<string, string>>;
}

const showRules: Show = (rules, say) => {
  const lines = Object.values(TABLES).flatMap((table) =>
    Object.entries(tableOf(rules, table)).map(([left, right]) => say('done.rules', { table: word(say, 'ruleTable', table), left, right })),
  );
  return lines.length === 0 ? say('done.rules-none') : lines.join('\n');
};

/** What the catalog calls something, and what an account's channel calls it. */
export function addRuleCommands(context: CommandContext, account: Command): void {
  const { say } = context;
  const address = (name: string): string => `/api/accounts/${encodeURIComponent(name)}/rules`;
  account
    .command('rules <account>')
    .description(say('command.account-rules'))
    .action(async (name: string) => {
      context.print(await context.hub().get(address(name)), showRules);
    });
  account
    .command('rule <account> <table> <name> [value]')
    .description(say('command.account-rule'))
    .action(async (name: string, kind: string, left: string, right: string | undefined) => {
      const table = Object.hasOwn(TABLES, kind) ? TABLES[kind] : undefined;
      if (table === undefined) throw new CliFault('unknown-table', { table: kind.slice(0, 50) });
      const client = context.hub();
      const others = Object.entries(tableOf(await client.get(address(name)), table)).filter(([known]) => known !== left);
      const rows = Object.fromEntries(right === undefined ? others : [...others, [left, right]]);
      context.print(await client.put(address(name), { [table]: rows }), (rules) => `${showRules(rules, say)}\n${say('done.rules-set')}`);
    });
}
