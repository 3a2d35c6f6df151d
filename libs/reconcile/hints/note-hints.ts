import type { Pool } from 'pg';
import type { CardName } from '#channels/contract';
import { inTransaction } from '../account/in-transaction.js';

/** A card that the channel of an account said has changed. `at` is wall time (ms) when the word arrived. */
export interface NamedCard {
  readonly accountId: string;
  readonly card: CardName;
  readonly at: number;
}

const BY_KEY = `SELECT l.account_id, l.id, n.at FROM named n JOIN listing l ON l.account_id = n.account_id AND l.key = n.key`;
const BY_EXTERNAL_ID = `SELECT l.account_id, l.id, n.at FROM named n JOIN listing l ON l.account_id = n.account_id AND l.external_id = n.external_id`;
/** No index leads here: only asked when such a name is there. */
const BY_FURTHER_ID = `SELECT l.account_id, l.id, n.at FROM named n JOIN listing l ON l.account_id = n.account_id AND l.ids ->> n.id_name = n.id_value`;

/** Writes down which cards are to be read soon, in one statement. Word of the same card is one row; a name that no listing has leaves none. */
export async function noteHints(pool: Pool, named: readonly NamedCard[]): Promise<void> {
  if (named.length === 0) return;
  const rows = named.map(({ accountId, card, at }) => ({ account_id: accountId, at: new Date(at).toISOString(), ...columnsOf(card) }));
  const ways = [BY_KEY, BY_EXTERNAL_ID, ...(named.some(({ card }) => 'id' in card) ? [BY_FURTHER_ID] : [])];
  await inTransaction(pool, (client) =>
    client.query(
      `WITH named AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(account_id bigint, key text, external_id text, id_name text, id_value text, at timestamptz)),
       found AS (${ways.join(' UNION ALL ')})
       INSERT INTO sweep_hint (account_id, listing_id, at)
       SELECT f.account_id, f.id, max(f.at) FROM found f GROUP BY f.account_id, f.id ORDER BY f.account_id, f.id
       ON CONFLICT (account_id, listing_id) DO UPDATE SET at = greatest(sweep_hint.at, excluded.at)`,
      [JSON.stringify(rows)],
    ),
  );
}

function columnsOf(card: CardName): object {
  if ('key' in card) return { key: card.key };
  if ('externalId' in card) return { external_id: card.externalId };
  return { id_name: card.id.name, id_value: card.id.value };
}
