import type { CommandContext } from './command-context.js';
import { listAt, textAt } from './json-reading.js';
import { short, table } from './lines.js';
import type { Show } from './show.js';
import { fieldWords } from './words.js';

interface KeyOptions {
  readonly category?: string;
}

/** Templates from which channels' titles and descriptions are made. */
export function addTemplateCommands(context: CommandContext): void {
  const { program, say } = context;
  const group = program.command('text-template').description(say('command.text-template'));
  group
    .command('list')
    .description(say('command.text-template-list'))
    .action(async () => context.print(await context.hub().get('/api/templates'), showTemplates));
  group
    .command('set <channel> <title|description> <pattern>')
    .description(say('command.text-template-set'))
    .option('--category <path>', say('option.category'))
    .action(async (channel: string, field: string, pattern: string, { category = '' }: KeyOptions) =>
      context.print(await context.hub().put('/api/templates', { channel, field, category, pattern }), showPlanned),
    );
  group
    .command('remove <channel> <title|description>')
    .description(say('command.text-template-remove'))
    .option('--category <path>', say('option.category'))
    .action(async (channel: string, field: string, { category = '' }: KeyOptions) =>
      context.print(await context.hub().delete(`/api/templates?${new URLSearchParams({ channel, field, category }).toString()}`), showPlanned),
    );
}

const showPlanned: Show = (answer, say) => say('word.planned', { planned: textAt(answer, 'planned') });

const showTemplates: Show = (answer, say) => {
  const items = listAt(answer, 'items');
  if (items.length === 0) return say('word.template-none');
  return table(
    items.map((one) => [
      textAt(one, 'channel'),
      fieldWords(say, textAt(one, 'field')),
      textAt(one, 'category') || say('attributeRule.everywhere'),
      short(textAt(one, 'pattern'), 200),
    ]),
  );
};
