import { addAdoptCommands } from './adopt-commands.js';
import { checkKey, keyWords } from './check-key.js';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { addHookCommands } from './hook-commands.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { table } from './lines.js';
import { addRemovalCommands } from './removal-commands.js';
import { addRuleCommands } from './rule-commands.js';
import { word } from './words.js';

const MODES = ['observe', 'approve', 'auto'];

function pairs(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((pair) => {
      const at = pair.indexOf('=');
      // What stands behind the sign may be a secret: it is never said back.
      if (at < 1) throw new CliFault('not-pair', { text: at < 0 ? pair.slice(0, 20) : '=…' });
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** Accounts: connect them, say how far Etalon goes by itself, ask for work. */
export function addAccountCommands(context: CommandContext): void {
  const { program, say } = context;
  const account = program.command('account').description(say('command.account'));
  account
    .command('add <channel>')
    .description(say('command.account-add'))
    .option('--title <title>', say('option.title'))
    .option('--legal-entity <name>', say('option.legal-entity'))
    .option('--unchecked', say('option.unchecked'))
    .option('--set <key=value...>', say('option.set'), [])
    .action(async (channel: string, options: { title?: string; legalEntity?: string; unchecked?: boolean; set: string[] }) => {
      const form = { channel, credentials: pairs(options.set) };
      const check = options.unchecked === true ? undefined : await checkKey(context, form);
      const body = {
        ...form,
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.legalEntity === undefined ? {} : { legal_entity: options.legalEntity }),
      };
      context.print(await context.hub().post('/api/accounts', body), (added) =>
        [say('done.added', { id: textAt(added, 'id'), title: textAt(added, 'title') }), ...keyWords(check, say)].join('\n'),
      );
    });
  account
    .command('credentials <account>')
    .description(say('command.account-credentials'))
    .option('--unchecked', say('option.unchecked'))
    .option('--set <key=value...>', say('option.set'), [])
    .action(async (name: string, options: { unchecked?: boolean; set: string[] }) => {
      const at = `/api/accounts/${encodeURIComponent(name)}`;
      const credentials = pairs(options.set);
      const known = await context.hub().get(at);
      // A simulated channel stands on this machine, where no key of a real one may be sent.
      const tried = options.unchecked !== true && member(known, 'sandbox') !== true;
      const check = tried ? await checkKey(context, { channel: textAt(known, 'channel'), credentials }) : undefined;
      const answer = await context.hub().put(`${at}/credentials`, { credentials });
      context.print(answer, (shown) => [say('done.credentials', { id: textAt(shown, 'id') }), ...keyWords(check, say)].join('\n'));
    });
  account
    .command('list')
    .description(say('command.account-list'))
    .action(async () => {
      context.print(await context.hub().get('/api/accounts'), (page) =>
        table(
          listAt(page, 'items').map((one) => {
            const ends = numberAt(one, 'health', 'expiresAt');
            return [
              ...['id', 'channel', 'title'].map((name) => textAt(one, name)),
              textAt(one, 'legal_entity') || '—',
              word(say, 'accountState', textAt(one, 'state')),
              ends === 0 ? '' : say('done.key-until', { date: new Date(ends).toISOString().slice(0, 10) }),
            ];
          }),
        ),
      );
    });
  addAdoptCommands(context, account);
  addRuleCommands(context, account);
  addHookCommands(context, account);
  addRemovalCommands(context, account);
  program
    .command('policy <account> <facet> <mode>')
    .description(say('command.policy'))
    .action(async (name: string, facet: string, mode: string) => {
      if (!MODES.includes(mode)) throw new CliFault('unknown-mode', { mode: mode.slice(0, 50), known: MODES.join(', ') });
      context.print(await context.hub().put(`/api/accounts/${encodeURIComponent(name)}/policy/${encodeURIComponent(facet)}`, { mode }), (answer) =>
        Object.entries(Object(member(answer, 'modes')) as Record<string, unknown>)
          .map(([one, set]) => `${word(say, 'facet', one)}: ${word(say, 'mode', String(set))}`)
          .join('\n'),
      );
    });
  program
    .command('pause [account]')
    .description(say('command.pause'))
    .option('--reason <why>', say('option.reason'), say('from-command-line'))
    .action(async (name: string | undefined, options: { reason: string }) => {
      context.print(await context.onAccounts(name, (client, id) => client.post(`/api/accounts/${id}/pause`, { reason: options.reason })), () => say('done.paused'));
    });
  program
    .command('resume [account]')
    .description(say('command.resume'))
    .action(async (name: string | undefined) => {
      // Without a name it ends pauses: a brake, or a key that was refused, is let go by name, after a look.
      const paused = (one: unknown): boolean => textAt(one, 'state') === 'paused';
      context.print(await context.onAccounts(name, (client, id) => client.post(`/api/accounts/${id}/resume`), paused), () => say('done.resumed'));
    });
  for (const nudge of ['sync', 'sweep']) {
    program
      .command(nudge)
      .description(say(`command.${nudge}`))
      .option('--account <account>', say('option.account'))
      .action(async (options: { account?: string }) => {
        context.print(await context.onAccounts(options.account, (client, id) => client.post(`/api/accounts/${id}/${nudge}`)), () => say('done.accepted'));
      });
  }
  program
    .command('password <user>')
    .description(say('command.password'))
    .action(async (name: string) => {
      context.print(await context.hub().post('/api/auth/reset-password', { name }), (answer) =>
        say('done.password', { name: textAt(answer, 'name'), password: textAt(answer, 'password') }),
      );
    });
}
