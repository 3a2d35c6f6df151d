import type { ListedCondition } from '#catalog';

/** What a search of the catalog may ask about listings, as a condition on the product. */
export const listedCondition: ListedCondition = ({ accountId, channel, state, incomplete }, bind) => {
  const where = ['l.product_id IS NOT NULL'];
  if (accountId !== undefined) where.push(`l.account_id = ${bind(accountId)}`);
  if (channel !== undefined) where.push(`l.account_id IN (SELECT a.id FROM channel_account a WHERE a.channel = ${bind(channel)})`);
  if (state !== undefined) where.push(`l.state = ${bind(state)}`);
  // A rendering with an error holds the facet back before anything is sent.
  if (incomplete === true) where.push(`EXISTS (SELECT FROM listing_facet f WHERE f.listing_id = l.id AND f.state = 'failing' AND f.reason = 'preflight')`);
  return `p.id IN (SELECT l.product_id FROM listing l WHERE ${where.join(' AND ')})`;
};
