import type { CommandContext } from './command-context.js';

interface FilterOptions {
  readonly text?: string;
  readonly category?: string;
  readonly skuPrefix?: string;
  readonly brand?: string;
  readonly attribute?: readonly string[];
  readonly archived?: string;
  readonly account?: string;
  readonly channel?: string;
  readonly state?: string;
  readonly currency?: string;
}

/** Files of the catalog, written to the standard output as they come. */
export function addExportCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('export')
    .description(say('command.export'))
    .option('--format <csv|xlsx|yml|jsonl>', say('option.format'), 'jsonl')
    .option('--text <text>', say('option.text'))
    .option('--category <path>', say('option.category'))
    .option('--sku-prefix <sku>', say('option.sku-prefix'))
    .option('--brand <brand>', say('option.brand'))
    .option('--attribute <name:value...>', say('option.attribute'))
    .option('--archived <true|false>', say('option.archived'))
    .option('--account <id>', say('option.account'))
    .option('--channel <channel>', say('option.channel'))
    .option('--state <state>', say('option.listing-state'))
    .option('--currency <code>', say('option.currency'))
    .action((options: FilterOptions & { readonly format: string }) => context.hub().download(`/api/exports?${queryOf(options)}`, process.stdout));
  program
    .command('changes <from> [to]')
    .description(say('command.changes'))
    .option('--format <csv|xlsx|jsonl>', say('option.format'), 'csv')
    .action((from: string, to: string | undefined, { format }: { readonly format: string }) =>
      context.hub().download(`/api/exports/diff?${new URLSearchParams({ from, format, ...(to !== undefined && { to }) }).toString()}`, process.stdout),
    );
}

function queryOf({ skuPrefix, attribute, ...plain }: FilterOptions & { readonly format: string }): string {
  const query = new URLSearchParams(Object.entries({ ...plain, sku_prefix: skuPrefix }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  for (const pair of attribute ?? []) query.append('attribute', pair);
  return query.toString();
}
