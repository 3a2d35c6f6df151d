import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import type { HubClient } from './hub-client.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { packFolder } from './pack-folder.js';
import { showColumns, showImport, showImports } from './show-import.js';

interface Asked {
  readonly format?: string;
  readonly mode: string;
  readonly policy: string;
  readonly currency: string;
  readonly dryRun?: boolean;
  readonly accept?: boolean;
  readonly priceType?: string;
  readonly lengthUnit?: string;
  readonly sheet?: string;
  readonly columns?: readonly string[];
}

const LOOK_MS = 300;
const AT_REST = new Set(['done', 'failed', 'cancelled', 'held']);
const SHOWN_LINES = 10;

/** Imports of files: the file itself, going on with one that is held, its report, and the workbook to fill in. */
export function addImportCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('import <file>')
    .description(say('command.import'))
    .option('--format <format>', say('option.format'))
    .option('--mode <create|update|upsert>', say('option.mode'), 'upsert')
    .option('--policy <reject-failed-rows|reject-all>', say('option.policy'), 'reject-failed-rows')
    .option('--currency <RUB>', say('option.currency'), 'RUB')
    .option('--price-type <name>', say('option.price-type'))
    .option('--length-unit <m|cm|mm>', say('option.length-unit'))
    .option('--sheet <name>', say('option.sheet'))
    .option('--columns <meaning...>', say('option.columns'))
    .option('--dry-run', say('option.dry-run'))
    .option('--accept', say('option.accept'))
    .action(async (file: string, options: Asked) => {
      const address = /^[a-z]+:\/\//i.test(file);
      if (!address && !existsSync(file)) throw new CliFault('no-file', { file });
      if (!address && statSync(file).isFile() && statSync(file).size === 0) throw new CliFault('empty-file', { file });
      const hub = context.hub();
      await finish(context, hub, textAt(await (address ? sendAddress(hub, file, options) : sendFile(hub, file, options)), 'id'));
    });
  program
    .command('columns <file>')
    .description(say('command.columns'))
    .option('--format <format>', say('option.format'))
    .action(async (file: string, { format }: { readonly format?: string }) => {
      if (!existsSync(file)) throw new CliFault('no-file', { file });
      context.print(await uploadTable(context.hub(), file, format), showColumns);
    });
  program
    .command('imports')
    .description(say('command.imports'))
    .option('--limit <n>', say('option.limit'), '20')
    .action(async ({ limit }: { readonly limit: string }) => context.print(await context.hub().get(`/api/imports?${new URLSearchParams({ limit }).toString()}`), showImports));
  program
    .command('import-accept <id>')
    .description(say('command.import-accept'))
    .action(async (id: string) => {
      const hub = context.hub();
      await hub.post(`/api/imports/${encodeURIComponent(id)}/accept`);
      await finish(context, hub, id);
    });
  program
    .command('import-report <id>')
    .description(say('command.import-report'))
    .option('--format <csv|xlsx>', say('option.format'), 'csv')
    .option('--changes', say('option.changes'))
    .action((id: string, { format, changes }: { readonly format: string; readonly changes?: boolean }) =>
      context.hub().download(`/api/imports/${encodeURIComponent(id)}/${changes === true ? 'changes' : 'report'}.${encodeURIComponent(format)}`, context.tools.files),
    );
  program
    .command('import-template [category]')
    .description(say('command.import-template'))
    .action((category: string | undefined) =>
      context.hub().download(`/api/imports/template?${new URLSearchParams(category === undefined ? {} : { category }).toString()}`, context.tools.files),
    );
}

function choicesOf({ priceType, lengthUnit, sheet }: Asked): Record<string, string> {
  return { ...(priceType && { 'price-type': priceType }), ...(lengthUnit && { 'length-unit': lengthUnit }), ...(sheet && { sheet }) };
}

function sendAddress(hub: HubClient, url: string, asked: Asked): Promise<unknown> {
  const { format, mode, policy, currency, dryRun = false, accept = false } = asked;
  return hub.post('/api/imports/address', { url, mode, policy, currency, dry_run: dryRun, accept, choices: choicesOf(asked), ...(format && { format }) });
}

function uploadTable(hub: HubClient, file: string, format: string | undefined): Promise<unknown> {
  return hub.upload(`/api/imports/uploads?${new URLSearchParams({ name: basename(file), ...(format && { format }) }).toString()}`, file);
}

/** With the columns as a person says they are. */
async function sendTable(hub: HubClient, file: string, columns: readonly string[], asked: Asked): Promise<unknown> {
  const { format, mode, policy, currency, dryRun = false, accept = false } = asked;
  const upload = textAt(await uploadTable(hub, file, format), 'upload_id');
  const body = { mode, policy, currency, dry_run: dryRun, accept, columns, choices: choicesOf(asked), ...(format && { format }) };
  return hub.post(`/api/imports/uploads/${encodeURIComponent(upload)}/start`, body);
}

async function sendFile(hub: HubClient, file: string, asked: Asked): Promise<unknown> {
  const { format, mode, policy, currency, dryRun = false, accept = false, columns } = asked;
  if (columns) return sendTable(hub, file, columns, asked);
  const folder = statSync(file).isDirectory();
  const query = new URLSearchParams({
    // A folder is sent as an archive.
    name: folder ? `${basename(resolve(file))}.zip` : basename(file),
    mode,
    policy,
    currency,
    dry_run: String(dryRun),
    accept: String(accept),
    ...(format && { format }),
    ...Object.fromEntries(Object.entries(choicesOf(asked)).map(([name, value]) => [name.replace('-', '_'), value])),
  });
  const send = (path: string): Promise<unknown> => hub.upload(`/api/imports?${query.toString()}`, path);
  return folder ? packFolder(file, send) : send(file);
}

/** Follows an import to its end and answers what became of each row; exit 0 when all of it was taken. */
async function finish(context: CommandContext, hub: HubClient, id: string): Promise<void> {
  const ended = await follow(hub, id, (line) => void (process.stderr.isTTY && process.stderr.write(`\r${line}`)));
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const lines = numberAt(ended, 'rows') + numberAt(ended, 'failed') === 0 ? [] : listAt(await hub.get(`/api/imports/${id}/report?limit=${SHOWN_LINES + 1}`), 'items');
  context.print(summary(ended), (answer, say) =>
    showImport({ ...Object(answer), lines: lines.slice(0, SHOWN_LINES), more: lines.length > SHOWN_LINES, dry: member(ended, 'dry_run') }, say),
  );
  context.tools.end(textAt(ended, 'state') === 'done' && numberAt(ended, 'failed') === 0 ? 0 : 1);
}

async function follow(hub: HubClient, id: string, tell: (line: string) => void): Promise<unknown> {
  for (;;) {
    const job = await hub.get(`/api/imports/${encodeURIComponent(id)}`);
    if (AT_REST.has(textAt(job, 'state'))) return job;
    const share = member(job, 'share');
    tell(`${typeof share === 'number' ? `${Math.floor(share * 100)} % ` : ''}${numberAt(job, 'rows')}`);
    await pause(LOOK_MS);
  }
}

/** What a script reads: the rows by outcome, where the report is, and why the import waits or failed. */
function summary(job: unknown): object {
  const counts = Object.fromEntries(['rows', 'created', 'updated', 'unchanged', 'failed', 'skipped'].map((outcome) => [outcome, numberAt(job, outcome)]));
  const more = Object.fromEntries(
    ['held', 'rejected', 'unreadable', 'sample'].flatMap((name) => (member(job, 'result', name) === undefined ? [] : [[name, member(job, 'result', name)]])),
  );
  const failure = textAt(job, 'failure');
  return { ...counts, report: textAt(job, 'report'), id: textAt(job, 'id'), state: textAt(job, 'state'), ...(failure === '' ? {} : { failure }), ...more };
}
