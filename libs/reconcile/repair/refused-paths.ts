import type { PoolClient } from 'pg';
import type { Diagnostic } from '#kernel';
import type { AccountContext } from '../account/account-context.js';
import { forgetPrints } from '../observe/forget-prints.js';

/**
 * Remembers values the channel erased, cut or declined, by path: shown, not fought. They are left out of comparing and sending
 * until the product's revision or the rules change (planning forgets them then).
 */
export async function refusedPaths(
  client: PoolClient,
  ctx: AccountContext,
  refusals: readonly { readonly listingId: string; readonly diagnostics: readonly Diagnostic[] }[],
): Promise<void> {
  const paths = refusals.flatMap(({ listingId, diagnostics }) =>
    diagnostics.filter((d) => d.path !== '').map((d) => ({ listing_id: listingId, path: d.path, code: d.code, message: String(d.params?.['message'] ?? '') })),
  );
  if (paths.length === 0) return;
  await client.query(
    `INSERT INTO refused_path (listing_id, path, code, message, since, revision)
     SELECT DISTINCT ON (u.listing_id, u.path) u.listing_id, u.path, u.code, u.message, $2, l.planned_revision
     FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, path text, code text, message text) JOIN listing l ON l.id = u.listing_id
     ON CONFLICT (listing_id, path) DO UPDATE SET code = excluded.code, message = excluded.message, since = excluded.since, revision = excluded.revision`,
    [JSON.stringify(paths), new Date(ctx.clock.now())],
  );
  await forgetPrints(client, ctx.account.id, [...new Set(paths.map((path) => path.listing_id))]);
}
