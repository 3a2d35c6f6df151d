import type { CommandContext } from './command-context.js';
import { productQuery, type ProductFilterOptions, withProductFilter } from './product-filter.js';

interface ExportOptions extends ProductFilterOptions {
  readonly format: string;
  readonly currency?: string;
}

/** Files of the catalog, written to the standard output as they come. */
export function addExportCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  withProductFilter(program.command('export').description(say('command.export')).option('--format <csv|xlsx|yml|jsonl>', say('option.format'), 'jsonl'), say)
    .option('--currency <code>', say('option.currency'))
    .action((options: ExportOptions) => context.hub().download(`/api/exports?${productQuery({ ...options })}`, tools.files));
  program
    .command('changes <from> [to]')
    .description(say('command.changes'))
    .option('--format <csv|xlsx|jsonl>', say('option.format'), 'csv')
    .action((from: string, to: string | undefined, { format }: { readonly format: string }) =>
      context.hub().download(`/api/exports/diff?${new URLSearchParams({ from, format, ...(to !== undefined && { to }) }).toString()}`, tools.files),
    );
}
