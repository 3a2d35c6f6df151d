import type { CommandContext } from './command-context.js';
import { readJsonFile } from './json-file.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { readPatch } from './read-patch.js';
import { showBatch } from './show-products.js';

interface EditOptions {
  readonly new?: boolean;
  readonly draft?: boolean;
  readonly currency: string;
}

const TAKEN: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged']);
const FORM = '{"items": [{"sku": "A-1", "based_on": 3, "patch": {"title": "…"}}]}';

/** Changes of products as they were seen: what somebody else changed in between is refused by the hub, with both values. */
export function addEditCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('edit <sku> <field=value...>')
    .description(say('command.edit'))
    .option('--new', say('option.new'))
    .option('--draft', say('option.as-draft'))
    .option('--currency <RUB>', say('option.currency'), 'RUB')
    .action(async (sku: string, words: readonly string[], { new: fresh = false, draft = false, currency }: EditOptions) => {
      const hub = context.hub();
      const path = `/api/products/${encodeURIComponent(sku)}`;
      const query = draft ? '?draft=true' : '';
      const standing = fresh ? undefined : await hub.get(path);
      const patch = readPatch(words, currency, Object(member(standing, 'document', 'overrides')) as Readonly<Record<string, unknown>>);
      const saved = fresh ? await hub.post(`/api/products${query}`, { ...patch, sku }) : await hub.patch(`${path}${query}`, patch, numberAt(standing, 'revision'));
      context.print(saved, () => say('product.saved', { sku: textAt(saved, 'sku'), revision: textAt(saved, 'revision') }));
    });
  program
    .command('batch <file>')
    .description(say('command.batch'))
    .action(async (file: string) => {
      const answer = await context.hub().post('/api/products/batch', readJsonFile(file, FORM));
      context.print(answer, showBatch);
      tools.end(listAt(answer, 'items').every((one) => TAKEN.has(textAt(one, 'kind'))) ? 0 : 1);
    });
}
