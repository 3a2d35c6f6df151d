import type { Command } from 'commander';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { textAt } from './json-reading.js';
import { showDuplicates, showOrphans, showProposals, showReport } from './show-adopt.js';

const DECISIONS = ['accept', 'reject', 'reopen'];

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
    .command('duplicates <account>')
    .description(say('command.account-duplicates'))
    .action(async (name: string) => context.print(await context.hub().get(at(name, 'duplicates')), showDuplicates));
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
