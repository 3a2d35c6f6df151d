import { announceProducts } from '#catalog';
import type { PoolClient } from 'pg';
import { appendEvidence } from '../evidence/index.js';
import { SteeringRefused, type Steerer } from '../steer/steering-context.js';

/** A proposal with both its sides, locked. */
interface Sides {
  readonly id: string;
  readonly accountId: string;
  readonly listingId: string;
  readonly productId: string;
  readonly key: string;
  readonly sku: string;
  readonly state: 'open' | 'accepted' | 'rejected';
  readonly score: number;
  readonly reasons: unknown;
  /** The product the card belongs to now. */
  readonly owner: string | null;
}

const refuse = (code: string, message: string, remedy?: string): never => {
  throw new SteeringRefused('wrong-state', message, remedy, { code });
};

/** @throws SteeringRefused when there is no such proposal */
export async function lockProposal(client: PoolClient, proposalId: string): Promise<Sides> {
  const { rows } = await client.query<Sides>(
    `SELECT m.id, m.account_id AS "accountId", m.listing_id AS "listingId", m.product_id AS "productId", l.key, p.sku, m.state, m.score, m.reasons, l.product_id AS owner
     FROM match_proposal m JOIN listing l ON l.id = m.listing_id JOIN product p ON p.id = m.product_id WHERE m.id = $1 FOR UPDATE OF m, l`,
    [proposalId],
  );
  return rows[0] ?? refuseUnknown(proposalId);
}

function refuseUnknown(proposalId: string): never {
  throw new SteeringRefused('not-found', `There is no proposal ${proposalId}.`, undefined, { code: 'not-found', thing: 'The proposal' });
}

/**
 * The live card becomes the product's: the empty listing that waited to be created goes, and the next sweep judges the card whole,
 * so nothing is written before its difference was seen and evidenced.
 * @throws SteeringRefused when either side has somebody else meanwhile
 */
export async function joinCard(client: PoolClient, proposal: Sides, by: Steerer): Promise<void> {
  const { accountId, listingId, productId, key } = proposal;
  if (proposal.owner !== null) refuse('card-has-product', 'This card belongs to a product already.', 'Take that match back first.');
  await dropEmptyListing(client, accountId, productId);
  await client.query('UPDATE listing SET product_id = $2, planned_revision = NULL, planned_rules = NULL WHERE id = $1', [listingId, productId]);
  await announceProducts(client, [productId]);
  await client.query('DELETE FROM read_print WHERE account_id = $1 AND key = $2', [accountId, key]);
  await client.query(`DELETE FROM observed_document WHERE listing_id = $1 AND facet <> 'presence'`, [listingId]);
  await client.query(`UPDATE drift SET state = 'superseded' WHERE listing_id = $1 AND kind = 'orphan' AND state <> 'superseded'`, [listingId]);
  await decided(client, proposal, 'accepted', by);
  await appendEvidence(client, accountId, [
    { kind: 'card.matched', at: by.now, listingId, body: { key, sku: proposal.sku, author: by.author, score: proposal.score, reasons: proposal.reasons } },
  ]);
}

/** Takes a match back: the card is nobody's again, as it stands on the channel; the proposal is open and holds a new card back. @throws SteeringRefused */
export async function takeApart(client: PoolClient, proposal: Sides, by: Steerer): Promise<void> {
  const { accountId, listingId, productId, key } = proposal;
  if (proposal.state !== 'accepted' || proposal.owner !== proposal.productId) refuse('not-matched', 'This card is not joined to that product.');
  await refuseUnderway(client, listingId);
  await client.query(`UPDATE drift SET state = 'superseded', reason = 'unmatched' WHERE listing_id = $1 AND state NOT IN ('healed', 'superseded')`, [listingId]);
  await client.query('DELETE FROM listing_facet WHERE listing_id = $1', [listingId]);
  await client.query('DELETE FROM listing_render WHERE listing_id = $1', [listingId]);
  await client.query('DELETE FROM listing_element WHERE listing_id = $1', [listingId]);
  await client.query(`DELETE FROM observed_document WHERE listing_id = $1 AND facet <> 'presence'`, [listingId]);
  await client.query(`UPDATE listing SET product_id = NULL, planned_revision = NULL, planned_rules = NULL, state = 'unknown' WHERE id = $1`, [listingId]);
  await announceProducts(client, [productId]);
  await client.query('DELETE FROM read_print WHERE account_id = $1 AND key = $2', [accountId, key]);
  await decided(client, proposal, 'open', by);
  await appendEvidence(client, accountId, [{ kind: 'card.unmatched', at: by.now, listingId, body: { key, sku: proposal.sku, author: by.author } }]);
}

export async function decided(client: PoolClient, { id }: Pick<Sides, 'id'>, state: 'open' | 'accepted' | 'rejected', by: Steerer): Promise<void> {
  await client.query('UPDATE match_proposal SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1', [id, state, by.author, new Date(by.now)]);
}

/** The listing under the product's own SKU, never seen on the channel, with nothing of it on its way. */
async function dropEmptyListing(client: PoolClient, accountId: string, productId: string): Promise<void> {
  const { rows } = await client.query<{ id: string; external_id: string | null }>('SELECT id, external_id FROM listing WHERE account_id = $1 AND product_id = $2 FOR UPDATE', [
    accountId,
    productId,
  ]);
  for (const { id, external_id } of rows) {
    if (external_id !== null)
      refuse('product-has-card', 'This product has a card on the account already.', 'Two cards of one product are duplicates: archive one of them on the channel.');
    await refuseUnderway(client, id);
    await client.query('DELETE FROM listing WHERE id = $1', [id]);
  }
}

async function refuseUnderway(client: PoolClient, listingId: string): Promise<void> {
  const { rows } = await client.query(`SELECT 1 FROM push_intent WHERE listing_id = $1 AND phase IN ('planned', 'sent', 'accepted', 'unknown') LIMIT 1`, [listingId]);
  if (rows.length > 0) refuse('card-underway', 'A change of this card is on its way to the channel.', 'Try again when it has arrived.');
}
