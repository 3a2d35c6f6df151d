import type { CommandContext } from './command-context.js';

interface FilterOptions {
  readonly text?: string;
  readonly category?: string;
  readonly skuPrefix?: string;
  readonly brand?: string;
  readonly attribute?: readonly string[];
  readonly archived?: string;
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
    .option('--attribute <name=value...>', say('option.attribute'))
    .option('--archived <true|false>', say('option.archived'))
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

function queryOf({ format, text, category, skuPrefix, brand, attribute, archived, currency }: FilterOptions & { readonly format: string }): string {
  const query = new URLSearchParams({ format });
  const plain = { text, category, sku_prefix: skuPrefix, brand, archived, currency };
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) query.set(name, value);
  for (const pair of attribute ?? []) query.append('attribute', pair);
  return query.toString();
}
