import type { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { numberAt, textAt } from './json-reading.js';
import { moment, short } from './lines.js';
import type { Show } from './show.js';

/** Whether the channel tells of changes by itself, and what was heard of it. */
export function addHookCommands(context: CommandContext, account: Command): void {
  account
    .command('hooks <account>')
    .description(context.say('command.account-hooks'))
    .action(async (name: string) => context.print(await context.hub().get(`/api/accounts/${encodeURIComponent(name)}/hooks`), showHooks));
}

const showHooks: Show = (hooks, say) => {
  const [state, url, reason, delivered] = ['state', 'url', 'reason', 'delivered_at'].map((field) => textAt(hooks, field));
  const forged = numberAt(hooks, 'forged');
  const told = state === 'unsupported' || state === 'no-address';
  return [
    textAt(hooks, 'text'),
    ...(url === '' ? [] : [say('hooks.url', { url })]),
    ...(reason === '' ? [] : [say('hooks.reason', { reason: short(reason, 300) })]),
    ...(told ? [] : [delivered === '' ? say('hooks.silent') : say('hooks.delivered', { at: moment(delivered ?? '') })]),
    ...(forged === 0 ? [] : [say('hooks.forged', { count: forged, at: moment(textAt(hooks, 'forged_at')) })]),
  ].join('\n');
};
