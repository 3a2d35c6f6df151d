import type { CommandContext } from './command-context.js';
import { listAt, numberAt, textAt } from './json-reading.js';
import { table } from './lines.js';
import type { Show } from './show.js';
import { fieldWords } from './words.js';

/** The seller's own tree, and where in it goods cannot be sold yet. */
export function addCategoryCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('categories')
    .description(say('command.categories'))
    .action(async () => context.print(await context.hub().get('/api/categories'), showTree));
  program
    .command('gaps')
    .description(say('command.gaps'))
    .option('--account <id>', say('option.account'))
    .action(async ({ account }: { readonly account?: string }) => {
      const query = new URLSearchParams(account === undefined ? {} : { account }).toString();
      context.print(await context.hub().get(`/api/categories/completeness?${query}`), showGaps);
    });
}

const showTree: Show = (answer, say) => {
  const items = listAt(answer, 'items');
  if (items.length === 0) return say('word.no-categories');
  return table(
    items.map((one) => {
      const names = textAt(one, 'path').split(' / ');
      return [`${'  '.repeat(names.length - 1)}${names.at(-1) ?? ''}`, textAt(one, 'products')];
    }),
  );
};

/** By category and account: how many goods the channel cannot take as they are, and for what. */
const showGaps: Show = (answer, say) => {
  const items = listAt(answer, 'items').filter((one) => numberAt(one, 'incomplete') > 0);
  if (items.length === 0) return say('word.no-gaps');
  return items
    .flatMap((one) => [
      say('gap.line', {
        category: textAt(one, 'category') || '—',
        account: textAt(one, 'account_id'),
        incomplete: numberAt(one, 'incomplete'),
        products: numberAt(one, 'products'),
      }),
      ...listAt(one, 'errors').map((error) =>
        say('gap.error', {
          products: numberAt(error, 'products'),
          field: textAt(error, 'path') === '' ? '' : `${fieldWords(say, textAt(error, 'path'))}: `,
          text: textAt(error, 'text') || textAt(error, 'code'),
        }),
      ),
    ])
    .join('\n');
};
