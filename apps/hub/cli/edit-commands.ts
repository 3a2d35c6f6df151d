import type { CommandContext } from './command-context.js';
import { numberAt, textAt } from './json-reading.js';
import { readPatch } from './read-patch.js';

interface EditOptions {
  readonly new?: boolean;
  readonly draft?: boolean;
  readonly currency: string;
}

/** Changes of a single product: what somebody else changed in between is refused by the hub, with both values. */
export function addEditCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('edit <sku> <field=value...>')
    .description(say('command.edit'))
    .option('--new', say('option.new'))
    .option('--draft', say('option.as-draft'))
    .option('--currency <RUB>', say('option.currency'), 'RUB')
    .action(async (sku: string, words: readonly string[], { new: fresh = false, draft = false, currency }: EditOptions) => {
      const hub = context.hub();
      const patch = readPatch(words, currency);
      const path = `/api/products/${encodeURIComponent(sku)}`;
      const query = draft ? '?draft=true' : '';
      const saved = fresh ? await hub.post(`/api/products${query}`, { ...patch, sku }) : await hub.patch(`${path}${query}`, patch, numberAt(await hub.get(path), 'revision'));
      context.print(saved, () => say('product.saved', { sku: textAt(saved, 'sku'), revision: textAt(saved, 'revision') }));
    });
}
