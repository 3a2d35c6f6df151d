import type { Command } from 'commander';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { short } from './lines.js';
import type { Show } from './show.js';
import { word } from './words.js';

const DECISIONS = ['accept', 'reject', 'reopen'];

const showReport: Show = (report, say) => {
  const figures = Object.fromEntries(['matched', 'right', 'missing', 'orphans', 'proposals', 'strong', 'duplicates'].map((name) => [name, numberAt(report, name)]));
  const writes = Object.entries(Object(member(report, 'writes')) as Record<string, unknown>).map(([facet, count]) => `${word(say, 'facet', facet)} ${String(count)}`);
  return [
    say('adopt.report', { account: textAt(report, 'account'), ...figures }),
    ...(member(report, 'complete') === true ? [] : [say('adopt.reading')]),
    ...listAt(report, 'drifts').map(
      (kind) =>
        `  ${say('adopt.kind', { kind: word(say, 'kind', textAt(kind, 'kind')), cards: numberAt(kind, 'cards'), examples: listAt(kind, 'examples').map(String).join(', ') })}`,
    ),
    writes.length === 0 ? say('adopt.no-writes') : say('adopt.writes', { facets: writes.join(', ') }),
  ].join('\n');
};

const showOrphans: Show = (page, say) =>
  listAt(page, 'items')
    .map((one) => say('adopt.orphan', { key: short(textAt(one, 'key'), 40), title: short(textAt(one, 'title'), 70), proposals: numberAt(one, 'proposals') }))
    .join('\n') || say('adopt.none');

const showProposals: Show = (page, say) =>
  listAt(page, 'items')
    .map((one) =>
      say('adopt.proposal', {
        id: textAt(one, 'id'),
        key: short(textAt(one, 'key'), 40),
        card: short(textAt(one, 'card_title'), 60),
        sku: short(textAt(one, 'sku'), 40),
        product: short(textAt(one, 'product_title'), 60),
        score: numberAt(one, 'score'),
      }),
    )
    .join('\n') || say('adopt.none');

/** An account that had cards before it was connected: what it shows, whose its cards are. */
export function addAdoptCommands(context: CommandContext, account: Command): void {
  const { say } = context;
  const at = (name: string, path: string): string => `/api/accounts/${encodeURIComponent(name)}/${path}`;
  account
    .command('report <account>')
    .description(say('command.account-report'))
    .action(async (name: string) => context.print(await context.hub().get(at(name, 'first-report')), showReport));
  account
    .command('orphans <account>')
    .description(say('command.account-orphans'))
    .action(async (name: string) => context.print(await context.hub().get(at(name, 'orphans?limit=500')), showOrphans));
  account
    .command('proposals <account>')
    .description(say('command.account-proposals'))
    .action(async (name: string) => context.print(await context.hub().get(at(name, 'proposals?state=open&limit=500')), showProposals));
  account
    .command('match <account> <proposal> <decision>')
    .description(say('command.account-match'))
    .action(async (name: string, proposal: string, decision: string) => {
      if (!DECISIONS.includes(decision)) throw new CliFault('unknown-mode', { mode: decision.slice(0, 50), known: DECISIONS.join(', ') });
      await context.hub().post(at(name, `proposals/${encodeURIComponent(proposal)}/decision`), { decision });
      context.print({ proposal, decision }, () => say('adopt.decided'));
    });
  account
    .command('adopt <account> [articles...]')
    .description(say('command.account-adopt'))
    .option('--dry-run', say('adopt.dry-run'))
    .action(async (name: string, keys: string[], options: { dryRun?: boolean }) => {
      const body = { ...(keys.length === 0 ? {} : { keys }), ...(options.dryRun === true ? { dry_run: true } : {}) };
      context.print(await context.hub().post(at(name, 'adopt'), body), (job) => say('adopt.begun', { job: textAt(job, 'id') }));
    });
  account
    .command('match-by-barcode <account> <on|off>')
    .description(say('command.account-match-by-barcode'))
    .action(async (name: string, rule: string) => {
      if (rule !== 'on' && rule !== 'off') throw new CliFault('unknown-mode', { mode: rule.slice(0, 50), known: 'on, off' });
      context.print(await context.hub().put(at(name, 'matching'), { by_barcode: rule === 'on' }), () => say(rule === 'on' ? 'adopt.rule-on' : 'adopt.rule-off'));
    });
}
