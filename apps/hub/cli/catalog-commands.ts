import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import type { HubClient } from './hub-client.js';
import { listAt, numberAt, textAt } from './json-reading.js';
import { showBulkPreview, showJob } from './show-jobs.js';
import { showChanges, showCompleteness, showConflicts, showHistory, showProduct, showProducts, showView } from './show-products.js';

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
      const hub = context.hub();
      const seen = Number(textAt(await hub.get(product(sku)), 'revision'));
      context.print(await hub.post(`${product(sku)}/restore`, body, seen), (saved) => say('product.saved', { sku: textAt(saved, 'sku'), revision: textAt(saved, 'revision') }));
    });
  program
    .command('bulk <file>')
    .description(say('command.bulk'))
    .option('--yes', say('option.yes'))
    .action(async (file: string, { yes }: { readonly yes?: boolean }) => {
      const hub = context.hub();
      const request = requestIn(file);
      const preview = await hub.post('/api/bulk/preview', request);
      if (yes !== true) return context.print(preview, showBulkPreview);
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
}

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
