import { readFile } from 'node:fs/promises';
import { verifyPack } from '#reconcile';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { listAt, member, textAt } from './json-reading.js';
import { showVerify } from './show.js';
import { writeWhole } from './whole-file.js';

const FAULTS_OF_NO_HUB = new Set(['not-running', 'not-answering']);

/** A pack as it was checked by itself. */
interface CheckedPack {
  readonly file: string;
  readonly ok: boolean;
  readonly account?: string;
  readonly head?: { readonly seq: string; readonly hash: string };
  readonly links: number;
  readonly problem?: { readonly kind: string; readonly detail: string };
}

async function checkedPack(file: string): Promise<CheckedPack> {
  const bytes = await readFile(file).catch(() => {
    throw new CliFault('no-file', { file });
  });
  const { ok, links, accountId, head, problem } = verifyPack(bytes);
  return { file, ok, links, ...(accountId && { account: accountId }), ...(head && { head }), ...(problem && { problem: { kind: problem.kind, detail: problem.detail } }) };
}

/** A head somebody kept is as good a witness as the file of heads: what a whole pack saw last must still stand in the chain. */
function headsOf(packs: readonly CheckedPack[]): string {
  const heads = packs.flatMap(({ ok, account, head }) => (ok && account !== undefined && head !== undefined ? [`head=${account}:${head.seq}:${head.hash}`] : []));
  return heads.length === 0 ? '' : `?${heads.join('&')}`;
}

/** Makes packs in the language of the command; checks packs by themselves, and the chains of the hub against the kept heads and those of the packs; lets go of old bodies. */
export function addEvidenceCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('verify [pack...]')
    .description(say('command.verify'))
    .action(async (files: readonly string[]) => {
      const packs = await Promise.all(files.map(checkedPack));
      const chains = await Promise.resolve()
        .then(() => context.hub().get(`/api/evidence/verify${headsOf(packs)}`))
        .catch((error: unknown) => {
          // A pack proves itself without the hub; alone, the command is about the hub.
          if (packs.length > 0 && error instanceof CliFault && FAULTS_OF_NO_HUB.has(error.code)) return { ok: true, hub: false, accounts: [] };
          throw error;
        });
      const ok = member(chains, 'ok') === true && packs.every((pack) => pack.ok);
      context.print({ ...Object(chains), ok, ...(packs.length === 0 ? {} : { packs }) }, showVerify);
      tools.end(ok ? 0 : 1);
    });
  program
    .command('pack <account> <file> <sku...>')
    .description(say('command.pack'))
    .option('--letter <ru|en|zh>', say('option.letter'))
    .action(async (name: string, file: string, skus: readonly string[], { letter }: { readonly letter?: string }) => {
      const hub = context.hub();
      const account = textAt(await hub.get(`/api/accounts/${encodeURIComponent(name)}`), 'id');
      const query = new URLSearchParams({ language: tools.language, ...(letter !== undefined && { letter }) });
      await writeWhole(file, (sink) => hub.download(`/api/evidence/pack?${query.toString()}`, sink, { account, skus }));
      context.print({ file }, () => say('done.packed', { file }));
    });
  program
    .command('prune <days>')
    .description(say('command.prune'))
    .option('--account <account>', say('option.account'))
    .action(async (days: string, options: { account?: string }) => {
      const body = { older_than_days: /^\d{1,6}$/.test(days) ? Number(days) : days, ...(options.account === undefined ? {} : { account: options.account }) };
      context.print(await context.hub().post('/api/evidence/prune', body), (answer) =>
        listAt(answer, 'accounts')
          .map((account) => say('done.pruned', { account: textAt(account, 'account'), title: textAt(account, 'title'), bodies: textAt(account, 'bodies') }))
          .join('\n'),
      );
    });
}
