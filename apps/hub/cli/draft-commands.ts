import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { listAt, member, textAt } from './json-reading.js';
import { showDraftOutcomes, showDrafts } from './show-products.js';

/** Edits that wait for approval; the revision that was looked at is named, so a newer edit never slips through. */
export function addDraftCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('approval [on|off]')
    .description(say('command.approval'))
    .action(async (wanted: string | undefined) => {
      if (wanted !== undefined && wanted !== 'on' && wanted !== 'off') throw new CliFault('unknown-mode', { mode: wanted.slice(0, 50), known: 'on, off' });
      const hub = context.hub();
      const answer = wanted === undefined ? await hub.get('/api/catalog/settings') : await hub.put('/api/catalog/settings', { edits_need_approval: wanted === 'on' });
      context.print(answer, (settings) => say(member(settings, 'edits_need_approval') === true ? 'draft.needed' : 'draft.not-needed'));
    });
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
