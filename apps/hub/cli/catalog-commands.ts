import type { CommandContext } from './command-context.js';
import { listAt, textAt } from './json-reading.js';
import { productQuery, type ProductFilterOptions, withProductFilter } from './product-filter.js';
import { showChanges, showCompleteness, showConflicts, showHistory, showProduct, showProducts, showView } from './show-products.js';

interface SearchOptions extends ProductFilterOptions {
  readonly limit: string;
  readonly cursor?: string;
}

const product = (sku: string): string => `/api/products/${encodeURIComponent(sku)}`;

/** Reading the master catalog, and going back in it. */
export function addCatalogCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  withProductFilter(program.command('products').description(say('command.products')), say)
    .option('--limit <n>', say('option.limit'), '50')
    .option('--cursor <cursor>', say('option.cursor'))
    .action(async (options: SearchOptions) => context.print(await context.hub().get(`/api/products?${productQuery({ ...options })}`), showProducts));
  program
    .command('product <sku>')
    .description(say('command.product'))
    .option('--channel <channel>', say('option.view-channel'))
    .action(async (sku: string, { channel }: { readonly channel?: string }) => {
      const answer = await context.hub().get(channel === undefined ? product(sku) : `${product(sku)}/channels/${encodeURIComponent(channel)}`);
      context.print(answer, channel === undefined ? showProduct : showView);
    });
  program
    .command('completeness <sku>')
    .description(say('command.completeness'))
    .action(async (sku: string) => context.print(await context.hub().get(`${product(sku)}/completeness`), showCompleteness));
  program
    .command('conflicts')
    .description(say('command.conflicts'))
    .action(async () => {
      const answer = await context.hub().get('/api/catalog/conflicts');
      context.print(answer, showConflicts);
      tools.end(listAt(answer, 'items').length === 0 ? 0 : 1);
    });
  program
    .command('history <sku>')
    .description(say('command.history'))
    .option('--before <revision>', say('option.before'))
    .action(async (sku: string, { before }: { readonly before?: string }) =>
      context.print(await context.hub().get(`${product(sku)}/history?${new URLSearchParams(before === undefined ? {} : { before }).toString()}`), showHistory),
    );
  program
    .command('compare <sku> <from> [to]')
    .description(say('command.compare'))
    .action(async (sku: string, from: string, to: string | undefined) => {
      const answer = await context.hub().get(`${product(sku)}/compare?${new URLSearchParams({ from, ...(to !== undefined && { to }) }).toString()}`);
      context.print(answer, showChanges);
      tools.end(listAt(answer, 'changes').length === 0 ? 0 : 1);
    });
  program
    .command('restore-product <sku> <revision>')
    .description(say('command.restore-product'))
    .option('--field <field...>', say('option.field'))
    .action(async (sku: string, revision: string, { field }: { readonly field?: readonly string[] }) => {
      const body = { revision: Number(revision), ...(field && { fields: field }) };
      const hub = context.hub();
      const seen = Number(textAt(await hub.get(product(sku)), 'revision'));
      context.print(await hub.post(`${product(sku)}/restore`, body, seen), (saved) => say('product.saved', { sku: textAt(saved, 'sku'), revision: textAt(saved, 'revision') }));
    });
}
