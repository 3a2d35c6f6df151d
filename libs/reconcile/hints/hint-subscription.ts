import { BrokenContract, Refused, Unauthorised, Unsupported } from '#kernel';
import { errorText, redactText } from '#platform';
import { PRIORITY, type HintSource } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';

/** Channels switch off what fails too often, and people what they do not know (account clock). */
const CHECK_EVERY_MS = 15 * 60_000;

/** Nobody waits longer for a channel that is left (wall time). */
const FAREWELL_MS = 10_000;

const KNOWS_THE_SECRET: ReadonlySet<string> = new Set(['kept', 'paused']);

interface StoredHook {
  readonly url: string | null;
  readonly state: string;
}

/**
 * Keeps the channel delivering word of changes to this hub while it has an address, and removes what was set up when it has none any
 * more. A channel that will not have it costs nothing but speed: the reason is written down, and sweeps go on. Nothing is done while the account is paused.
 */
export class HintSubscription {
  private checkedAt = -Infinity;

  async keep(ctx: AccountContext): Promise<void> {
    const now = ctx.clock.now();
    const source = ctx.channel.hints;
    if (source === undefined || ctx.account.state === 'paused' || now < this.checkedAt + CHECK_EVERY_MS) return;
    const { rows } = await ctx.pool.query<StoredHook>('SELECT url, state FROM channel_hook WHERE account_id = $1', [ctx.account.id]);
    const [stored] = rows;
    if (stored !== undefined) await this.settle(ctx, source, stored);
    this.checkedAt = now;
  }

  /** The account is let go of: the channel is told to deliver no more. One that cannot be told finds nobody at the address. */
  async end({ channel, hintAddress, signal }: AccountContext): Promise<void> {
    if (channel.hints === undefined || hintAddress === undefined) return;
    await channel.hints.remove(hintAddress.url, { signal: AbortSignal.any([signal, AbortSignal.timeout(FAREWELL_MS)]), priority: PRIORITY.sweep });
  }

  private async settle(ctx: AccountContext, source: HintSource, stored: StoredHook): Promise<void> {
    const run = { signal: ctx.signal, priority: PRIORITY.sweep };
    const { hintAddress } = ctx;
    try {
      if (stored.url !== null && stored.url !== hintAddress?.url) await source.remove(stored.url, run);
      if (hintAddress === undefined) await ctx.pool.query('DELETE FROM channel_hook WHERE account_id = $1', [ctx.account.id]);
      else await save(ctx, hintAddress.url, await source.keep(hintAddress, stored.url !== hintAddress.url || !KNOWS_THE_SECRET.has(stored.state), run), null);
    } catch (error) {
      if (!saysNo(error)) throw error;
      await save(ctx, null, 'refused', redactText(errorText(error)).slice(0, 500));
    }
  }
}

/** Not the end of the account: the key that may not do this may do all the rest, and whether it was revoked every other call tells. */
function saysNo(error: unknown): error is Error {
  return error instanceof Unauthorised || error instanceof Refused || error instanceof Unsupported || error instanceof BrokenContract;
}

async function save(ctx: AccountContext, url: string | null, state: 'kept' | 'paused' | 'refused', reason: string | null): Promise<void> {
  await ctx.pool.query(
    `UPDATE channel_hook SET url = coalesce($2, url), since = CASE WHEN state = $3 THEN since ELSE $5 END, state = $3, reason = $4
     WHERE account_id = $1 AND (coalesce($2, url), state, reason) IS DISTINCT FROM (url, $3, $4)`,
    [ctx.account.id, url, state, reason, new Date(ctx.clock.now())],
  );
}
