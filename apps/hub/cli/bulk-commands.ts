import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from './command-context.js';
import type { HubClient } from './hub-client.js';
import { readJsonFile } from './json-file.js';
import { listAt, numberAt, textAt } from './json-reading.js';
import { showBulkPreview, showJob, showRefusals } from './show-jobs.js';

const LOOK_MS = 300;
const UNDER_WAY = new Set(['queued', 'running']);
const FORM = '{"filter": {}, "operations": [{"op": "archive", "archived": true}]}';

/** Edits of thousands of products: looked at first, done, undone; what was left as it was, and why. */
export function addBulkCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('bulk <file>')
    .description(say('command.bulk'))
    .option('--yes', say('option.yes'))
    .action(async (file: string, { yes }: { readonly yes?: boolean }) => {
      const hub = context.hub();
      const request = readJsonFile(file, FORM);
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
  program
    .command('bulk-refusals <job>')
    .description(say('command.bulk-refusals'))
    .option('--after <sku>', say('option.after'))
    .action(async (job: string, { after }: { readonly after?: string }) => {
      const query = new URLSearchParams(after === undefined ? {} : { after }).toString();
      const answer = await context.hub().get(`/api/bulk/${encodeURIComponent(job)}/refusals?${query}`);
      context.print(answer, showRefusals);
      context.tools.end(listAt(answer, 'items').length === 0 ? 0 : 1);
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
