import type pg from 'pg';

export interface SeededCard {
  readonly listing: string;
  readonly drift: string;
}

/** A card of a product whose title differs on the channel and is held by the mode of the account. */
export async function seedHeldCard(pool: pg.Pool, account: string, sku: string): Promise<SeededCard> {
  const listing = await pool.query<{ id: string }>('INSERT INTO listing (account_id, key, product_id) VALUES ($1, $2, (SELECT id FROM product WHERE sku = $2)) RETURNING id', [
    account,
    sku,
  ]);
  const id = listing.rows[0]?.id ?? '';
  const drift = await pool.query<{ id: string }>(
    `INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, reason, observed, noticed_at) VALUES ($1, $2, 'title', 'text-changed', 'outside', 'held', 'policy', 7, now()) RETURNING id`,
    [account, id],
  );
  const made = drift.rows[0]?.id ?? '';
  await pool.query(`INSERT INTO observed_document (listing_id, facet, print, projection, body, seen_at) VALUES ($1, 'title', 7, 1, '"Чайник стальной Чужой 1,7 л"', now())`, [id]);
  await pool.query(
    `INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics) VALUES ($1, 1, 1, 1, '{"title":"Чайник стальной Верный 1,7 л"}', '[]')`,
    [id],
  );
  await pool.query(
    `INSERT INTO listing_facet (listing_id, facet, account_id, state, reason, desired, desired_revision, observed, since, drift_id) VALUES ($1, 'title', $2, 'held', 'policy', 1, 1, 7, now(), $3)`,
    [id, account, made],
  );
  await pool.query(`INSERT INTO refused_path (listing_id, path, revision, code, since) VALUES ($1, 'attributes.85', 1, 'refused', now())`, [id]);
  return { listing: id, drift: made };
}

export async function seedCase(pool: pg.Pool, account: string, listing: string | null, code = 'flap'): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO case_file (account_id, listing_id, facet, code, details, opened_at) VALUES ($1, $2, $3, $4, '{}', now()) RETURNING id`,
    [account, listing, listing === null ? null : 'title', code],
  );
  return rows[0]?.id ?? '';
}

/** A live card under an article of its own, and the proposal that it is the product's. */
export async function seedProposal(pool: pg.Pool, account: string, sku: string): Promise<{ readonly orphan: string; readonly proposal: string }> {
  const listing = await pool.query<{ id: string }>(`INSERT INTO listing (account_id, key, external_id) VALUES ($1, 'OLD-1', '77') RETURNING id`, [account]);
  const orphan = listing.rows[0]?.id ?? '';
  await pool.query(
    `INSERT INTO observed_document (listing_id, facet, print, projection, body, seen_at) VALUES ($1, 'presence', 1, 1, '"listed"', now()), ($1, 'title', 2, 1, '"Чайник стальной"', now())`,
    [orphan],
  );
  const proposed = await pool.query<{ id: string }>(
    `INSERT INTO match_proposal (account_id, listing_id, product_id, score, reasons, created_at)
     VALUES ($1, $2, (SELECT id FROM product WHERE sku = $3), 85, '[{"code":"title","params":{"percent":100}}]', now()) RETURNING id`,
    [account, orphan, sku],
  );
  return { orphan, proposal: proposed.rows[0]?.id ?? '' };
}
