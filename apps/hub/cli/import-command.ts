import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import type { HubClient } from './hub-client.js';
import { member, numberAt, textAt } from './json-reading.js';
import { packFolder } from './pack-folder.js';
import { type Show, short } from './show.js';

interface Asked {
  readonly format?: string;
  readonly mode: string;
  readonly policy: string;
  readonly currency: string;
  readonly dryRun?: boolean;
  readonly accept?: boolean;
}

const LOOK_MS = 300;
const AT_REST = new Set(['done', 'failed', 'cancelled', 'held']);

/** Sends a file, follows its import to the end and answers what became of each row; exit 0 when all of it was taken. */
export function addImportCommand(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('import <file>')
    .description(say('command.import'))
    .option('--format <format>', say('option.format'))
    .option('--mode <create|update|upsert>', say('option.mode'), 'upsert')
    .option('--policy <reject-failed-rows|reject-all>', say('option.policy'), 'reject-failed-rows')
    .option('--currency <RUB>', say('option.currency'), 'RUB')
    .option('--dry-run', say('option.dry-run'))
    .option('--accept', say('option.accept'))
    .action(async (file: string, options: Asked) => {
      const address = /^https?:\/\//i.test(file);
      if (!address && !existsSync(file)) throw new CliFault('no-file', { file });
      const hub = context.hub();
      const { format, mode, policy, currency, dryRun = false, accept = false } = options;
      const query = new URLSearchParams({ name: nameOf(file), mode, policy, currency, dry_run: String(dryRun), accept: String(accept), ...(format && { format }) });
      const send = (path: string): Promise<unknown> => hub.upload(`/api/imports?${query.toString()}`, path);
      const started = address
        ? await hub.post('/api/imports/address', { url: file, mode, policy, currency, dry_run: dryRun, accept, ...(format && { format }) })
        : await (statSync(file).isDirectory() ? packFolder(file, send) : send(file));
      const ended = await follow(hub, textAt(started, 'id'), (line) => void (process.stderr.isTTY && process.stderr.write(`\r${line}`)));
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      context.print(summary(ended), showSummary);
      tools.end(textAt(ended, 'state') === 'done' && numberAt(ended, 'failed') === 0 ? 0 : 1);
    });
}

/** A folder is sent as an archive. */
function nameOf(file: string): string {
  return existsSync(file) && statSync(file).isDirectory() ? `${basename(resolve(file))}.zip` : basename(file);
}

async function follow(hub: HubClient, id: string, tell: (line: string) => void): Promise<unknown> {
  for (;;) {
    const job = await hub.get(`/api/imports/${id}`);
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

const showSummary: Show = (answer, say) => {
  const why = [member(answer, 'held'), member(answer, 'rejected'), member(answer, 'unreadable')].filter((one) => one !== undefined);
  return [
    say('import.counts', Object.fromEntries(['rows', 'created', 'updated', 'unchanged', 'failed', 'skipped'].map((outcome) => [outcome, numberAt(answer, outcome)]))),
    ...why.map((one) => `${textAt(one, 'reason')} — ${textAt(one, 'remedy')}`),
    ...(textAt(answer, 'failure') !== '' && why.length === 0 ? [short(textAt(answer, 'failure'), 300)] : []),
    // Rows that were taken only in part count as taken: what was left out stands in the report alone.
    ...(numberAt(answer, 'rows') > 0 ? [say('import.report', { report: textAt(answer, 'report') })] : []),
  ].join('\n');
};
