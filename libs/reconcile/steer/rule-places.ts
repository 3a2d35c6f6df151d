import type { PoolClient } from 'pg';
import type { Facet, FacetValue } from '#channels/contract';
import { explainChange, isIgnored } from '../diff/index.js';
import { facetDocuments } from '../views/facet-documents.js';

export interface RulePlace {
  readonly listing_id: string;
  readonly part: string;
}

interface EndedRule {
  readonly account_id: string;
  readonly listing_id: string | null;
  readonly facet: Facet;
}

/**
 * What a rule that has ended may have silenced (`looked`), and of it the drifts on record that no other rule covers whole (`free`).
 * What has no drift on record is left to the next sweep, which stores the value found before anything overwrites it.
 */
export async function placesNobodySilences(client: PoolClient, ended: EndedRule): Promise<{ readonly free: readonly RulePlace[]; readonly looked: readonly RulePlace[] }> {
  const { account_id: accountId, facet } = ended;
  const { rows: looked } = await client.query<RulePlace & { readonly drift_id: string | null }>(
    `SELECT listing_id, part, drift_id FROM listing_facet
     WHERE account_id = $1 AND facet = $2 AND state = 'ignored' AND reason = 'rule' AND ($3::bigint IS NULL OR listing_id = $3) ORDER BY listing_id, part`,
    [accountId, facet, ended.listing_id],
  );
  const { rows: rules } = await client.query<{ listing_id: string | null; path: string | null }>('SELECT listing_id, path FROM ignore_rule WHERE account_id = $1 AND facet = $2', [
    accountId,
    facet,
  ]);
  const drifts = looked.filter((row) => row.drift_id !== null);
  if (rules.length === 0 || drifts.length === 0) return { free: drifts, looked };
  const documents = await facetDocuments(
    client,
    drifts.map(({ listing_id: listingId, part }) => ({ listingId, facet, part })),
  );
  const changes = new Map(
    documents.map((found) => [
      `${found.listing_id}/${found.part}`,
      found.desired === undefined || found.observed === undefined ? [] : explainChange(facet, found.desired as FacetValue, found.observed as FacetValue),
    ]),
  );
  const free = drifts.filter(({ listing_id: listingId, part }) => {
    const paths = rules.filter((rule) => rule.listing_id === null || rule.listing_id === listingId).map((rule) => rule.path ?? facet);
    const differing = changes.get(`${listingId}/${part}`) ?? [];
    return !(isIgnored(facet, paths) || (differing.length > 0 && differing.every(({ path }) => isIgnored(path, paths))));
  });
  return { free, looked };
}
