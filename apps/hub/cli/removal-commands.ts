import type { Command } from 'commander';
import type { Say } from './cli-texts.js';
import type { CommandContext } from './command-context.js';
import { numberAt, textAt } from './json-reading.js';
import type { Show } from './show.js';

/** Lets go of an account; without --yes only says what that would do. */
export function addRemovalCommands(context: CommandContext, account: Command): void {
  const { say } = context;
  account
    .command('remove <account>')
    .description(say('command.account-remove'))
    .option('--yes', say('option.yes'))
    .option('--abandon', say('option.abandon'))
    .action(async (name: string, { yes, abandon }: { readonly yes?: boolean; readonly abandon?: boolean }) => {
      const at = `/api/accounts/${encodeURIComponent(name)}`;
      if (yes !== true) return context.print(await context.hub().get(`${at}/removal`), (preview) => [showRemoval(preview, say), say('removal.how')].join('\n'));
      context.print(await context.hub().delete(abandon === true ? `${at}?abandon=true` : at), showRemoved);
    });
}

function named(removal: unknown, say: Say, key: string): string {
  return say(`removal.${key}`, { id: textAt(removal, 'account'), title: textAt(removal, 'title') });
}

const showRemoval: Show = (removal, say) => {
  const counted = ['unsent', 'open_drifts', 'open_cases', 'ignore_rules', 'calls', 'jobs'].filter((field) => numberAt(removal, field) > 0);
  return [
    named(removal, say, 'preview'),
    say('removal.listings', { count: numberAt(removal, 'listings'), joined: numberAt(removal, 'joined') }),
    ...counted.map((field) => say(`removal.${field}`, { count: numberAt(removal, field) })),
    say('removal.settings'),
    say('removal.evidence', { count: numberAt(removal, 'evidence') }),
  ].join('\n');
};

const showRemoved: Show = (removal, say) => [named(removal, say, 'done'), say('removal.back')].join('\n');
