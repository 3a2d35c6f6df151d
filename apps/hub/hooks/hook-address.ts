import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { HintAddress } from '#channels/contract';
import { SecretUnreadable, type Vault } from '#platform';

/** The place a secret is bound to: a sealed text copied to another account does not open there. */
function secretPlace(accountId: string): string {
  return `hook:${accountId}`;
}

/** The secret of an account's deliveries; undefined when it was sealed with another key, or changed. */
export function openHookSecret(vault: Vault, accountId: string, sealed: string): string | undefined {
  try {
    return vault.openFields(sealed, secretPlace(accountId))['secret'];
  } catch (error) {
    if (error instanceof SecretUnreadable) return undefined;
    throw error;
  }
}

/**
 * Where the channel of an account may deliver word of changes. `publicUrl` is the hub's address seen from outside. The secret is made once
 * and kept sealed; one that cannot be opened any more is replaced, and the channel is told anew. `now` is the account's clock (ms).
 */
export async function hookAddress(pool: Pool, vault: Vault, accountId: string, publicUrl: string, now: number): Promise<HintAddress> {
  const url = `${publicUrl.replace(/\/+$/, '')}/api/hooks/${accountId}`;
  const { rows } = await pool.query<{ secret: string }>('SELECT secret FROM channel_hook WHERE account_id = $1', [accountId]);
  const kept = rows[0] === undefined ? undefined : openHookSecret(vault, accountId, rows[0].secret);
  if (kept !== undefined) return { url, secret: kept };
  const secret = randomBytes(32).toString('base64url');
  await pool.query(
    `INSERT INTO channel_hook (account_id, secret, state, since) VALUES ($1, $2, 'wanted', $3)
     ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, state = excluded.state, reason = NULL, since = excluded.since`,
    [accountId, vault.sealFields({ secret }, secretPlace(accountId)), new Date(now)],
  );
  return { url, secret };
}
