import type { CommandContext } from './command-context.js';
import { listAt, textAt } from './json-reading.js';
import { showDraftOutcomes, showDrafts } from './show-products.js';

/** Edits that wait for approval; the revision that was looked at is named, so a newer edit never slips through. */
export function addDraftCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('drafts')
    .description(say('command.drafts'))
    .option('--limit <n>', say('option.limit'), '50')
    .action(async ({ limit }: { readonly limit: string }) =>
      context.print(await context.hub().get(`/api/products?${new URLSearchParams({ draft: 'true', limit }).toString()}`), showDrafts),
    );
  for (const verdict of ['approve', 'reject'] as const) {
    program
      .command(`${verdict} <sku> <revision>`)
      .description(say(`command.${verdict}`))
      .action(async (sku: string, revision: string) => {
        const answer = await context.hub().post(`/api/drafts/${verdict}`, { items: [{ sku, revision: Number(revision) }] });
        context.print(answer, showDraftOutcomes);
        tools.end(listAt(answer, 'items').every((one) => ['approved', 'rejected'].includes(textAt(one, 'kind'))) ? 0 : 1);
      });
  }
}
