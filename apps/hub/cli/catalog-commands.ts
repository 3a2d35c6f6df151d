import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import type { HubClient } from './hub-client.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { type Show, short, table } from './show.js';

interface SearchOptions {
  readonly text?: string;
  readonly category?: string;
  readonly skuPrefix?: string;
  readonly brand?: string;
  readonly attribute?: readonly string[];
  readonly archived?: string;
  readonly draft?: string;
  readonly account?: string;
  readonly channel?: string;
  readonly state?: string;
  readonly limit: string;
}

const LOOK_MS = 300;
const UNDER_WAY = new Set(['queued', 'running']);
const product = (sku: string): string => `/api/products/${encodeURIComponent(sku)}`;

/** Reading and changing the master catalog. */
export function addCatalogCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('products')
    .description(say('command.products'))
    .option('--text <text>', say('option.text'))
    .option('--category <path>', say('option.category'))
    .option('--sku-prefix <sku>', say('option.sku-prefix'))
    .option('--brand <brand>', say('option.brand'))
    .option('--attribute <name:value...>', say('option.attribute'))
    .option('--archived <true|false>', say('option.archived'))
    .option('--draft <true|false>', say('option.draft'))
    .option('--account <id>', say('option.account'))
    .option('--channel <channel>', say('option.channel'))
    .option('--state <state>', say('option.listing-state'))
    .option('--limit <n>', say('option.limit'), '50')
    .action(async ({ skuPrefix, attribute, ...plain }: SearchOptions) => {
      const query = new URLSearchParams(Object.entries({ ...plain, sku_prefix: skuPrefix }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
      for (const pair of attribute ?? []) query.append('attribute', pair);
      context.print(await context.hub().get(`/api/products?${query.toString()}`), showProducts);
    });
  program
    .command('product <sku>')
    .description(say('command.product'))
    .option('--channel <channel>', say('option.view-channel'))
    .action(async (sku: string, { channel }: { readonly channel?: string }) => {
      const answer = await context.hub().get(channel === undefined ? product(sku) : `${product(sku)}/channels/${encodeURIComponent(channel)}`);
      context.print(answer, channel === undefined ? showProduct : showView);
    });
  program
    .command('history <sku>')
    .description(say('command.history'))
    .action(async (sku: string) => context.print(await context.hub().get(`${product(sku)}/history`), showHistory));
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
      context.print(await context.hub().post(`${product(sku)}/restore`, body), (saved) => say('product.saved', { sku: textAt(saved, 'sku'), revision: textAt(saved, 'revision') }));
    });
  program
    .command('bulk <file>')
    .description(say('command.bulk'))
    .option('--yes', say('option.yes'))
    .action(async (file: string, { yes }: { readonly yes?: boolean }) => {
      const hub = context.hub();
      const request = requestIn(file);
      const preview = await hub.post('/api/bulk/preview', request);
      if (yes !== true) return context.print(preview, showPreview);
      const started = await hub.post('/api/bulk', { ...request, token: textAt(preview, 'token') });
      await endWith(context, hub, textAt(started, 'job_id'));
    });
  program
    .command('bulk-undo <job>')
    .description(say('command.bulk-undo'))
    .action(async (job: string) => {
      const hub = context.hub();
      await endWith(context, hub, textAt(await hub.post(`/api/bulk/${encodeURIComponent(job)}/undo`), 'job_id'));
    });
  addAttributeCommands(context);
}

interface DeclareOptions {
  readonly type: string;
  readonly unit?: string;
  readonly option?: readonly string[];
  readonly multiple?: boolean;
  readonly required?: boolean;
}

function addAttributeCommands(context: CommandContext): void {
  const { program, say } = context;
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
    .action(async (category: string, name: string, { option, ...rest }: DeclareOptions) => {
      context.print(await context.hub().put('/api/categories/attributes', { category, name, ...rest, ...(option && { options: option }) }), showDeclarations);
    });
}

const showDeclarations: Show = (answer) =>
  table(
    listAt(answer, 'items').map((one) => [
      textAt(one, 'name'),
      [textAt(one, 'type'), textAt(one, 'unit'), member(one, 'multiple') === true ? '[]' : '', member(one, 'required') === true ? '!' : ''].filter(Boolean).join(' '),
      textAt(one, 'category') || '/',
      short(listAt(one, 'options').join(', '), 100),
    ]),
  );

/** Follows a job to its end; exit 0 when nothing of it was refused. */
async function endWith(context: CommandContext, hub: HubClient, id: string): Promise<void> {
  let job = await hub.get(`/api/jobs/${id}`);
  while (UNDER_WAY.has(textAt(job, 'state'))) {
    await pause(LOOK_MS);
    job = await hub.get(`/api/jobs/${id}`);
  }
  context.print(job, showJob);
  context.tools.end(textAt(job, 'state') === 'done' && numberAt(job, 'counts', 'refused') === 0 ? 0 : 1);
}

/** @throws CliFault when there is no such file, or no JSON object in it */
function requestIn(file: string): object {
  if (!existsSync(file)) throw new CliFault('no-file', { file });
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read === 'object' && read !== null) return read;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CliFault('no-json', { file });
}

const showProducts: Show = (page, say) => {
  const items = listAt(page, 'items');
  if (items.length === 0) return say('product.none');
  return table(
    items.map((item) => [textAt(item, 'sku'), `r${textAt(item, 'revision')}`, short(textAt(item, 'document', 'title'), 60), short(textAt(item, 'document', 'category'), 60)]),
  );
};

const showProduct: Show = (answer) =>
  table([
    ['revision', textAt(answer, 'revision')],
    ['approved_revision', textAt(answer, 'approved_revision')],
    ...Object.entries(Object(member(answer, 'document')) as Record<string, unknown>).map(([field, value]) => [field, short(value, 300)]),
  ]);

const showView: Show = (answer) =>
  table(listAt(answer, 'fields').map((field) => [textAt(field, 'field'), `${textAt(field, 'from')} ${textAt(field, 'category')}`.trim(), short(member(field, 'value'), 200)]));

const showHistory: Show = (answer) =>
  table(
    listAt(answer, 'items').map((one) => [
      `r${textAt(one, 'revision')}`,
      textAt(one, 'created_at').slice(0, 19).replace('T', ' '),
      textAt(one, 'author'),
      short(member(one, 'cause'), 120),
    ]),
  );

const showChanges: Show = (answer, say) => {
  const changes = listAt(answer, 'changes');
  return changes.length === 0
    ? say('diff.none')
    : changes.map((change) => `${textAt(change, 'field')}\n  - ${short(member(change, 'before'), 300)}\n  + ${short(member(change, 'after'), 300)}`).join('\n');
};

const showPreview: Show = (answer, say) => {
  const figures = Object.fromEntries(['count', 'tried', 'changed', 'unchanged', 'refused'].map((name) => [name, numberAt(answer, name)]));
  const reach = listAt(answer, 'blast_radius').map((one) =>
    say('bulk.reach', { title: textAt(one, 'title'), listings: numberAt(one, 'listings'), facets: listAt(one, 'facets').join(', ') }),
  );
  const sample = listAt(answer, 'sample').map((one) => `${textAt(one, 'sku')}\n${showChanges(one, say)}`);
  return [say('bulk.preview', figures), ...reach, ...sample, say('bulk.how')].join('\n');
};

const showJob: Show = (job, say) =>
  say('bulk.done', {
    id: textAt(job, 'id'),
    state: textAt(job, 'state'),
    ...Object.fromEntries(['changed', 'unchanged', 'refused'].map((name) => [name, numberAt(job, 'counts', name)])),
  });
