import type { Pool, PoolClient } from 'pg';
import { type QuietHours, setAccountState } from '#listings';
import { appendEvidence } from '../evidence/index.js';
import { releaseFacets } from './release-facets.js';
import { lockAccount, steering, SteeringRefused, type Steerer } from './steering-context.js';

/** A guard holds a facet, or lets it wait in its state until a time. */
const WAITING = ['held', 'pending', 'drifted'] as const;

async function changed(client: PoolClient, accountId: string, by: Steerer, what: string, from: unknown, to: unknown): Promise<void> {
  await appendEvidence(client, accountId, [{ kind: 'account.changed', at: by.now, body: { what, from, to, author: by.author } }]);
}

/** Stops everything that sends on an account; reading goes on. `until` (account clock) ends it by itself. @throws SteeringRefused */
export function pauseAccount(pool: Pool, accountId: string, reason: string, until: Date | null, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    const account = await lockAccount(client, accountId);
    await setAccountState(client, accountId, 'paused', reason);
    await client.query('UPDATE channel_account SET pause_until = $2 WHERE id = $1', [accountId, until]);
    await changed(client, accountId, by, 'state', account.state, { state: 'paused', reason, until: until?.toISOString() ?? null });
  });
}

/** Whether the brake was pulled before a pause came over it: the end of the pause is no word that somebody has looked. */
async function brakedBelow(client: PoolClient, accountId: string): Promise<boolean> {
  const held = await client.query(`SELECT 1 FROM listing_facet WHERE account_id = $1 AND state = 'held' AND reason = 'brake' LIMIT 1`, [accountId]);
  return held.rowCount === 1;
}

/** Lets a paused, braked or locked-out account work again, and what was held for that reason. A brake pulled before a pause stays pulled. @throws SteeringRefused */
export function resumeAccount(pool: Pool, accountId: string, by: Steerer): Promise<number> {
  return steering(pool, async (client) => {
    const account = await lockAccount(client, accountId);
    if (account.state === 'active' && account.pause_until === null) return 0;
    const braked = account.state === 'paused' && (await brakedBelow(client, accountId));
    await (braked ? setAccountState(client, accountId, 'braked', 'mass-drift') : setAccountState(client, accountId, 'active', null));
    await client.query('UPDATE channel_account SET pause_until = NULL WHERE id = $1', [accountId]);
    const back = await releaseFacets(client, { accountId, states: WAITING, reasons: braked ? ['paused'] : ['paused', 'brake', 'unauthorised'] }, by.now);
    await changed(client, accountId, by, 'state', { state: account.state, reason: account.state_reason }, braked ? 'braked' : 'active');
    return back.length;
  });
}

/** Says that a mass drift was looked at and may be repaired. @throws SteeringRefused when no brake is pulled */
export function releaseBrake(pool: Pool, accountId: string, by: Steerer): Promise<number> {
  return steering(pool, async (client) => {
    const account = await lockAccount(client, accountId);
    const back = await releaseFacets(client, { accountId, states: ['held'], reasons: ['brake'] }, by.now, 'approved');
    if (account.state !== 'braked' && back.length === 0) throw new SteeringRefused('wrong-state', 'No brake is pulled on this account.', undefined, { code: 'no-brake' });
    if (account.state === 'braked') await setAccountState(client, accountId, 'active', null);
    await changed(client, accountId, by, 'brake', account.state_reason, 'released');
    return back.length;
  });
}

/** Hours in which nothing is sent; null: none. @throws SteeringRefused */
export function setQuietHours(pool: Pool, accountId: string, hours: QuietHours | null, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    const account = await lockAccount(client, accountId);
    await client.query('UPDATE channel_account SET quiet_hours = $2 WHERE id = $1', [accountId, hours === null ? null : JSON.stringify(hours)]);
    await releaseFacets(client, { accountId, states: WAITING, reasons: ['quiet-hours'] }, by.now);
    await changed(client, accountId, by, 'quiet-hours', account.quiet_hours, hours);
  });
}
