import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import type { Say } from './cli-texts.js';
import { listAt, textAt } from './json-reading.js';

export interface KeyForm {
  readonly channel: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Tries a key before it is kept. A channel that does not answer says nothing against it. @throws CliFault when the channel refuses the key, or it lacks rights */
export async function checkKey(context: CommandContext, form: KeyForm): Promise<unknown> {
  const check = await context.hub().post('/api/accounts/check', form);
  if (textAt(check, 'verdict') !== 'refused') return check;
  throw new CliFault('key-refused', { findings: findingsOf(check).slice(0, 5).join('; ') || '—' });
}

/** What a person should know of a key that is kept all the same: when it ends, what it may not do, that nobody could be asked. */
export function keyWords(check: unknown, say: Say): string[] {
  if (textAt(check, 'verdict') === 'unreachable') return [say('done.key-not-asked')];
  const ends = textAt(check, 'expires_at');
  return [...(ends === '' ? [] : [say('done.key-until', { date: ends.slice(0, 10) })]), ...findingsOf(check)];
}

function findingsOf(check: unknown): string[] {
  return listAt(check, 'findings').map((finding) => textAt(finding, 'text') || textAt(finding, 'code'));
}
