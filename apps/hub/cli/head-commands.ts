import type { CommandContext } from './command-context.js';
import { CliFault } from './cli-fault.js';
import { member, textAt } from './json-reading.js';
import type { Show } from './show.js';

const showStanding: Show = (standing, say) => {
  const [kept, found] = [member(standing, 'kept'), member(standing, 'found')];
  const named = { account: textAt(standing, 'account'), title: textAt(standing, 'title') };
  const seq = (head: unknown): string => textAt(head, 'seq') || '0';
  if (member(standing, 'contradicted') !== true) return say('head.right', { ...named, seq: seq(found) });
  return [
    say('head.contradicted', { ...named, kept: seq(kept), found: seq(found) }),
    say(member(standing, 'chain_ok') === true ? 'head.chain-ok' : 'head.chain-broken'),
    say('head.means'),
    say('head.how'),
  ].join('\n');
};

/** The way on after a restore from a copy that is older than the kept heads: shown first, done only when repeated with a reason. */
export function addHeadCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('accept-head <account>')
    .description(say('command.accept-head'))
    .option('--reason <text>', say('option.head-reason'))
    .option('--yes', say('option.yes'))
    .action(async (name: string, { reason, yes }: { readonly reason?: string; readonly yes?: boolean }) => {
      const hub = context.hub();
      const address = `/api/evidence/heads/${encodeURIComponent(name)}`;
      const standing = await hub.get(address);
      const kept = member(standing, 'kept');
      if (yes !== true || member(standing, 'contradicted') !== true) return context.print(standing, showStanding);
      if (reason === undefined) throw new CliFault('head-reason');
      const accepted = await hub.post(`${address}/accept`, { kept: `${textAt(kept, 'seq')}:${textAt(kept, 'hash')}`, reason });
      context.print(accepted, () => say('head.done', { account: textAt(standing, 'account'), title: textAt(standing, 'title'), kept: textAt(kept, 'seq') }));
    });
}
