import type { Pool, PoolClient } from 'pg';
import { appendEvidence } from '../evidence/index.js';
import { releaseFacets, type ReleasedFacet } from './release-facets.js';
import { steering, SteeringRefused, type Steerer } from './steering-context.js';

interface ListingPlace {
  readonly account_id: string;
  readonly frozen_until: Date | null;
}

async function accountOfListing(client: PoolClient, listingId: string): Promise<ListingPlace> {
  const { rows } = await client.query<ListingPlace>('SELECT account_id, frozen_until FROM listing WHERE id = $1', [listingId]);
  if (rows[0] === undefined) throw new SteeringRefused('not-found', `There is no listing ${listingId}.`, undefined, { code: 'not-found', thing: 'The listing' });
  return rows[0];
}

/** Sends nothing for this card until `until` (account clock); null thaws it. @throws SteeringRefused */
export function freezeListing(pool: Pool, listingId: string, until: Date | null, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    const listing = await accountOfListing(client, listingId);
    await client.query('UPDATE listing SET frozen_until = $2 WHERE id = $1', [listingId, until]);
    if (until === null) await releaseFacets(client, { accountId: listing.account_id, listingId, states: ['held', 'pending', 'drifted'], reasons: ['frozen'] }, by.now);
    await appendEvidence(client, listing.account_id, [
      {
        kind: 'policy.changed',
        at: by.now,
        listingId,
        body: { what: 'frozen-until', from: listing.frozen_until?.toISOString() ?? null, to: until?.toISOString() ?? null, author: by.author },
      },
    ]);
  });
}

async function approvedEvidence(client: PoolClient, accountId: string, back: readonly ReleasedFacet[], by: Steerer, change: string): Promise<void> {
  await appendEvidence(
    client,
    accountId,
    back.map((row) => ({
      kind: 'policy.changed' as const,
      at: by.now,
      listingId: row.listing_id,
      facet: row.facet,
      ...(row.drift_id === null ? {} : { driftId: row.drift_id }),
      body: { what: row.part === '' ? row.facet : `${row.facet}/${row.part}`, from: row.was, to: change, author: by.author },
    })),
  );
}

/** Lets the held change or repair of a card through, once; of one facet, or of all. @throws SteeringRefused when nothing is held */
export function approveListing(pool: Pool, listingId: string, facet: string | undefined, by: Steerer): Promise<number> {
  return steering(pool, async (client) => {
    const listing = await accountOfListing(client, listingId);
    const back = await releaseFacets(client, { accountId: listing.account_id, listingId, states: ['held'], ...(facet === undefined ? {} : { facet }) }, by.now, 'approved');
    if (back.length === 0) throw new SteeringRefused('wrong-state', 'Nothing of this card is held.', undefined, { code: 'nothing-held' });
    await approvedEvidence(client, listing.account_id, back, by, 'approved');
    return back.length;
  });
}

/** Tries again what the channel refused or never showed: of a card, or of a whole account. */
export function retryFailing(pool: Pool, scope: { readonly listingId: string } | { readonly accountId: string }, by: Steerer): Promise<number> {
  return steering(pool, async (client) => {
    const listingId = 'listingId' in scope ? scope.listingId : undefined;
    const accountId = 'accountId' in scope ? scope.accountId : (await accountOfListing(client, scope.listingId)).account_id;
    const back = await releaseFacets(client, { accountId, states: ['failing'], ...(listingId === undefined ? {} : { listingId }) }, by.now);
    const listings = [...new Set([...back.map((row) => row.listing_id), ...(listingId === undefined ? [] : [listingId])])];
    await client.query('DELETE FROM refused_path WHERE listing_id = ANY ($1::bigint[])', [listings]);
    await approvedEvidence(client, accountId, back, by, 'retried');
    return back.length;
  });
}

async function lockedDrift(client: PoolClient, driftId: string) {
  const { rows } = await client.query<{ account_id: string; listing_id: string; facet: string; part: string; state: string }>(
    'SELECT account_id, listing_id, facet, part, state FROM drift WHERE id = $1',
    [driftId],
  );
  if (rows[0] === undefined) throw new SteeringRefused('not-found', `There is no drift ${driftId}.`, undefined, { code: 'not-found', thing: 'The drift' });
  return rows[0];
}

/** Lets the repair of one held drift through. @throws SteeringRefused */
export function approveDrift(pool: Pool, driftId: string, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    const drift = await lockedDrift(client, driftId);
    const back = await releaseFacets(
      client,
      { accountId: drift.account_id, listingId: drift.listing_id, facet: drift.facet, part: drift.part, states: ['held'] },
      by.now,
      'approved',
    );
    if (back.length === 0) throw new SteeringRefused('wrong-state', `The drift is ${drift.state}, not held.`, undefined, { code: 'not-held', params: { state: drift.state } });
    const { rows: closed } = await client.query<{ id: string; code: string }>(
      `UPDATE case_file SET state = 'closed', closed_at = $3 WHERE listing_id = $1 AND facet = $2 AND state = 'open' RETURNING id, code`,
      [drift.listing_id, drift.facet, new Date(by.now)],
    );
    await approvedEvidence(client, drift.account_id, back, by, 'approved');
    await appendEvidence(
      client,
      drift.account_id,
      closed.map(({ id, code }) => ({ kind: 'case.closed' as const, at: by.now, listingId: drift.listing_id, body: { caseId: id, code, author: by.author } })),
    );
  });
}

/** Makes the repair of a drift due now, whatever its back-off says. @throws SteeringRefused */
export function retryDrift(pool: Pool, driftId: string, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    const drift = await lockedDrift(client, driftId);
    const back = await releaseFacets(
      client,
      { accountId: drift.account_id, listingId: drift.listing_id, facet: drift.facet, part: drift.part, states: ['held', 'failing'] },
      by.now,
    );
    const { rowCount } = await client.query(`UPDATE listing_facet SET due_at = $4 WHERE listing_id = $1 AND facet = $2 AND part = $3 AND state = 'drifted'`, [
      drift.listing_id,
      drift.facet,
      drift.part,
      new Date(by.now),
    ]);
    if (back.length === 0 && rowCount === 0) {
      throw new SteeringRefused('wrong-state', `The drift is ${drift.state}; there is nothing to try again.`, undefined, {
        code: 'nothing-to-retry',
        params: { state: drift.state },
      });
    }
    await approvedEvidence(client, drift.account_id, back, by, 'retried');
  });
}
