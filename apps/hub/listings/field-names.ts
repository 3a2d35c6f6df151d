import type { Pool } from 'pg';
import type { FieldChange } from '#reconcile';

/** Reference documents are each channel's own; this reads only what they have in common: lists of things with an id and a name. */
function namedThings(body: unknown): Map<string, string> {
  const named = new Map<string, string>();
  for (const item of Array.isArray(body) ? (body as readonly unknown[]) : []) {
    if (typeof item !== 'object' || item === null || !('id' in item)) continue;
    const names: unknown = 'names' in item ? item.names : undefined;
    const name: unknown = Array.isArray(names) ? names.join(' → ') : 'name' in item ? item.name : undefined;
    if (typeof name === 'string' && name !== '') named.set(String(item.id), name);
  }
  return named;
}

/**
 * What the channel calls the attributes ("attributes.10096" → its name) and categories (a leaf's id → its path) of a diff,
 * as far as its reference data is at hand.
 */
export async function fieldNames(pool: Pool, listingId: string, facet: string, changes: readonly FieldChange[]): Promise<Readonly<Record<string, string>>> {
  if (changes.length === 0 || (facet !== 'attributes' && facet !== 'category')) return {};
  const { rows } = await pool.query<{ body: unknown }>(
    `SELECT r.body FROM listing l JOIN channel_account a ON a.id = l.account_id
     JOIN LATERAL (SELECT values ->> 'category' AS category FROM listing_render WHERE listing_id = l.id ORDER BY revision DESC, rules_version DESC, projection DESC LIMIT 1) v ON true
     JOIN channel_reference r ON (r.channel = a.channel OR r.channel LIKE a.channel || ':%') AND r.key = CASE WHEN $2 = 'category' THEN 'tree' ELSE 'attributes:' || v.category END
     WHERE l.id = $1 ORDER BY r.fetched_at DESC LIMIT 1`,
    [listingId, facet],
  );
  const named = namedThings(rows[0]?.body);
  const asked =
    facet === 'attributes'
      ? changes.map(({ path }) => [path, path.slice('attributes.'.length)] as const)
      : changes.flatMap(({ expected, live }) => [String(expected), String(live)].map((id) => [id, id] as const));
  return Object.fromEntries(
    asked.flatMap(([key, id]) => {
      const name = named.get(id);
      return name === undefined ? [] : [[key, name]];
    }),
  );
}
