import type { CommandContext } from './command-context.js';
import { addEvidenceCommands } from './evidence-commands.js';
import { listAt, numberAt } from './json-reading.js';
import { differing, showDiff, showDrifts, showStatus, showStory } from './show.js';

function wellStatus(status: unknown): boolean {
  return numberAt(status, 'in_sync') + numberAt(status, 'ignored') === numberAt(status, 'listings');
}

/** What is, and what happened. */
export function addReadingCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('status')
    .description(say('command.status'))
    .action(async () => {
      const status = await context.hub().get('/api/status');
      context.print(status, showStatus);
      tools.end(wellStatus(status) ? 0 : 1);
    });
  program
    .command('drift')
    .description(say('command.drift'))
    .option('--kind <kind>', say('option.kind'))
    .option('--limit <n>', say('option.limit'), '100')
    .action(async (options: { kind?: string; limit: string }) => {
      const kind = options.kind === undefined ? '' : `&kind=${encodeURIComponent(options.kind)}`;
      const page = await context.hub().get(`/api/drifts?limit=${encodeURIComponent(options.limit)}${kind}`);
      context.print(page, showDrifts);
      tools.end(listAt(page, 'items').length === 0 ? 0 : 1);
    });
  program
    .command('diff <sku>')
    .description(say('command.diff'))
    .action(async (sku: string) => {
      const answer = await context.hub().get(`/api/diff/${encodeURIComponent(sku)}`);
      context.print(answer, showDiff);
      tools.end(differing(answer).length === 0 ? 0 : 1);
    });
  program
    .command('explain <sku>')
    .description(say('command.explain'))
    .action(async (sku: string) => {
      context.print(await context.hub().get(`/api/explain/${encodeURIComponent(sku)}?locale=${tools.language}`), showStory);
    });
  addEvidenceCommands(context);
}
