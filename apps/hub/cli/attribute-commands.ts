import type { CommandContext } from './command-context.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { short, table } from './lines.js';
import type { Show } from './show.js';
import { showReasons } from './show-jobs.js';
import { word } from './words.js';

interface DeclareOptions {
  readonly type: string;
  readonly unit?: string;
  readonly option?: readonly string[];
  readonly multiple?: boolean;
  readonly required?: boolean;
  readonly dryRun?: boolean;
}

/** What attributes have to look like, by category, and the texts that channels are told instead of the master's. */
export function addAttributeCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  const group = program.command('attribute').description(say('command.attribute'));
  group
    .command('list <category>')
    .description(say('command.attribute-list'))
    .action(async (category: string) => context.print(await context.hub().get(`/api/categories/attributes?${new URLSearchParams({ category }).toString()}`), showDeclarations));
  group
    .command('declare <category> <name>')
    .description(say('command.attribute-declare'))
    .requiredOption('--type <text|number|yes-no|option>', say('option.attribute-type'))
    .option('--unit <unit>', say('option.unit'))
    .option('--option <value...>', say('option.attribute-option'))
    .option('--multiple', say('option.multiple'))
    .option('--required', say('option.required'))
    .option('--dry-run', say('option.declare-dry-run'))
    .action(async (category: string, name: string, { option, dryRun, ...rest }: DeclareOptions) => {
      const body = { category, name, ...rest, ...(option && { options: option }) };
      if (dryRun !== true) return context.print(await context.hub().put('/api/categories/attributes', body), showDeclarations);
      const preview = await context.hub().post('/api/categories/attributes/preview', body);
      context.print(preview, showDeclarationPreview);
      tools.end(numberAt(preview, 'refused') === 0 ? 0 : 1);
    });
  group
    .command('withdraw <category> <name>')
    .description(say('command.attribute-withdraw'))
    .action(async (category: string, name: string) => {
      const answer = await context.hub().delete(`/api/categories/attributes?${new URLSearchParams({ category, name }).toString()}`);
      const removed = member(answer, 'removed') === true;
      context.print(answer, () => say(removed ? 'declare.withdrawn' : 'declare.none', { category, name }));
      tools.end(removed ? 0 : 1);
    });
}

const showDeclarations: Show = (answer, say) =>
  table(
    listAt(answer, 'items').map((one) => [
      textAt(one, 'name'),
      [
        word(say, 'attributeType', textAt(one, 'type')),
        textAt(one, 'unit'),
        ...['multiple', 'required'].map((rule) => (member(one, rule) === true ? say(`attributeRule.${rule}`) : '')),
      ]
        .filter(Boolean)
        .join(', '),
      textAt(one, 'category') || say('attributeRule.everywhere'),
      short(listAt(one, 'options').join(', '), 100),
    ]),
  );

const showDeclarationPreview: Show = (answer, say) =>
  [
    say('declare.preview', { products: numberAt(answer, 'products'), refused: numberAt(answer, 'refused') }),
    ...(numberAt(answer, 'missing') > 0 ? [say('declare.missing', { missing: numberAt(answer, 'missing') })] : []),
    ...(listAt(answer, 'reasons').length === 0 ? [] : [showReasons(answer, say)]),
  ].join('\n');
