import type { Pool, PoolClient } from 'pg';
import { fingerprintOf, wallClock } from '#kernel';
import { FACETS, type CardValues, type FacetValue, type ObservationPage, type ObservedCard, PRIORITY } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { createHttpClient } from '#platform';
import { AccountBudget, cardPrint, elementsOf } from '#reconcile';
import { categoryPath } from '../pages/cabinet-answers.js';
import { description, offerId, priceMinor, stock, title } from '../pages/card-bodies.js';

const PRODUCTS_A_STATEMENT = 5000;
/** Master pictures shared by all cards; the n-th URL of a card shows the n-th. */
const PICTURES = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64));

/**
 * Fills an account so that every card of the page server is in sync: products, listings, renderings, facet rows, documents,
 * prints and pictures, page by page and set by set. What the cards show is read through the channel itself.
 */
export async function seedAccount(pool: Pool, accountId: string, pageUrl: string, cards: number): Promise<void> {
  const client = await pool.connect();
  try {
    // Foreign keys and the counting trigger are for the loops; what is written here is consistent as a whole.
    await client.query('SET session_replication_role = replica');
    await seedProducts(client, cards);
    await seedListings(client, accountId, cards);
    const ids = new Map((await client.query<{ id: string; key: string }>('SELECT id, key FROM listing WHERE account_id = $1', [accountId])).rows.map((row) => [row.key, row.id]));
    const renders = new Map<string, CardValues>();
    for await (const page of everyPage(pageUrl)) {
      await seedPage(client, accountId, ids, page, (card) => gather(renders, card));
      if (page.source === 'content') await seedRenders(client, accountId, ids, page, renders);
    }
    await client.query('SET session_replication_role = origin');
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release(true);
  }
}

type Client = PoolClient;

async function* everyPage(pageUrl: string): AsyncGenerator<ObservationPage> {
  const http = createHttpClient({ allowPrivate: [new URL(pageUrl).host], maxBytes: 64 * 1024 * 1024 });
  const budget = new AccountBudget([], wallClock);
  const channel = ozon.connect(
    { clientId: '1', apiKey: 'bench', baseUrl: pageUrl },
    {
      http,
      budget,
      clock: wallClock,
      onBrokenContract: (error) => {
        throw error;
      },
    },
  );
  const run = { signal: new AbortController().signal, priority: PRIORITY.sweep };
  try {
    // Offers first: a rendering is written whole when the content of the card arrives.
    for (const lane of ['offers', 'content']) yield* channel.sweep(lane, undefined, run);
  } finally {
    http.close();
  }
}

async function seedProducts(client: Client, cards: number): Promise<void> {
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::integer AS n FROM product');
  for (const digest of PICTURES) {
    await client.query(
      `INSERT INTO media (digest, mime, width, height, bytes, phash, colour) VALUES ($1, 'image/jpeg', 900, 1200, 100000, $2, decode(repeat($3, 192), 'hex')) ON CONFLICT DO NOTHING`,
      [digest, PICTURES.indexOf(digest), `${PICTURES.indexOf(digest)}0`],
    );
  }
  for (let from = rows[0]?.n ?? 0; from < cards; from += PRODUCTS_A_STATEMENT) {
    const documents = Array.from({ length: Math.min(PRODUCTS_A_STATEMENT, cards - from) }, (_, n) => productDocument(from + n));
    await client.query(
      `WITH u AS (SELECT d.document FROM jsonb_array_elements($1::jsonb) AS d(document)),
         p AS (INSERT INTO product (sku, revision, approved_revision, title, category, archived, digest)
               SELECT document->>'sku', 1, 1, document->>'title', document->>'category', false, sha256(convert_to(document::text, 'UTF8')) FROM u RETURNING id, sku, digest)
       INSERT INTO product_revision (product_id, revision, document, digest, author, cause, approved)
       SELECT p.id, 1, u.document, p.digest, 'bench', '{"kind":"import"}', true FROM p JOIN u ON u.document->>'sku' = p.sku`,
      [JSON.stringify(documents)],
    );
  }
}

function productDocument(place: number): object {
  return {
    sku: offerId(place),
    title: title(place),
    description: description(place),
    category: categoryPath(place),
    vat: 22,
    attributes: {},
    media: PICTURES.map((digest) => ({ digest })),
    dimensions: { length: 200, width: 150, height: 100 },
    weight: 700,
    barcodes: [],
    price: { minor: priceMinor(place), currency: 'RUB' },
    stock: { main: stock(place) },
    archived: false,
  };
}

async function seedListings(client: Client, accountId: string, cards: number): Promise<void> {
  await client.query(
    `INSERT INTO listing (account_id, product_id, key, state, planned_revision, planned_rules)
     SELECT a.id, p.id, p.sku, 'in_sync', 1, a.rules_version * 1000 + $3
     FROM product p CROSS JOIN channel_account a WHERE a.id = $1 AND p.sku < $2`,
    [accountId, offerId(cards), ozon.descriptor.projection],
  );
}

interface Document {
  readonly listing_id: string;
  readonly facet: string;
  readonly part: string;
  readonly print: string;
  readonly value: FacetValue;
  readonly desired: string;
}

function documentsOf(listingId: string, values: CardValues): Document[] {
  return FACETS.flatMap((facet): Document[] => {
    if (facet === 'stock') return Object.entries(values.stock ?? {}).map(([part, value]) => documentOf(listingId, facet, part, value));
    const value = values[facet];
    return value === undefined ? [] : [documentOf(listingId, facet, '', value)];
  });
}

function documentOf(listing_id: string, facet: string, part: string, value: FacetValue): Document {
  const print = fingerprintOf(value);
  return { listing_id, facet, part, print, value, desired: facet === 'media' ? fingerprintOf(PICTURES) : print };
}

async function seedPage(client: Client, accountId: string, ids: ReadonlyMap<string, string>, page: ObservationPage, seen: (card: ObservedCard) => void): Promise<void> {
  const documents: Document[] = [];
  const identities: object[] = [];
  for (const card of page.cards) {
    const id = ids.get(card.key);
    if (id === undefined) throw new Error(`There is no listing for ${card.key}.`);
    seen(card);
    documents.push(...documentsOf(id, card.values));
    if (page.source === 'list') identities.push({ id, external_id: card.externalId, ids: card.ids });
  }
  const text = JSON.stringify(documents);
  await client.query(
    `INSERT INTO listing_facet (listing_id, facet, part, account_id, state, desired, desired_revision, expected, expected_for, observed, since)
     SELECT u.listing_id, u.facet, u.part, $2, 'in_sync', u.desired, 1, u.print, u.desired, u.print, now()
     FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, facet text, part text, print bigint, desired bigint)`,
    [text, accountId],
  );
  await client.query(
    `INSERT INTO observed_document (listing_id, facet, part, print, projection, body, seen_at)
     SELECT u.listing_id, u.facet, u.part, u.print, $2, u.value, now()
     FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, facet text, part text, print bigint, value jsonb)`,
    [text, ozon.descriptor.projection],
  );
  await client.query(`INSERT INTO read_print (account_id, source, key, print) SELECT $1, $2, u.key, u.print FROM unnest($3::text[], $4::bigint[]) AS u(key, print)`, [
    accountId,
    page.source,
    page.cards.map((card) => card.key),
    page.cards.map((card) => cardPrint(card, ozon.descriptor.projection)),
  ]);
  if (identities.length > 0) {
    await client.query(
      `UPDATE listing l SET external_id = u.external_id, ids = u.ids FROM jsonb_to_recordset($1::jsonb) AS u(id bigint, external_id text, ids jsonb) WHERE l.id = u.id`,
      [JSON.stringify(identities)],
    );
  }
}

function gather(renders: Map<string, CardValues>, card: ObservedCard): void {
  renders.set(card.key, { ...renders.get(card.key), ...card.values });
}

async function seedRenders(client: Client, accountId: string, ids: ReadonlyMap<string, string>, page: ObservationPage, renders: Map<string, CardValues>): Promise<void> {
  const rows = page.cards.map((card) => {
    const values = renders.get(card.key) ?? {};
    renders.delete(card.key);
    return { listing_id: ids.get(card.key), values: { ...values, media: PICTURES }, elements: elements(values) };
  });
  const text = JSON.stringify(rows);
  await client.query(
    `INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics)
     SELECT u.listing_id, 1, 1, $2, u.values, '[]' FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, values jsonb)`,
    [text, ozon.descriptor.projection],
  );
  await client.query(
    `INSERT INTO listing_element (listing_id, account_id, facet, element)
     SELECT u.listing_id, $2, e->>0, (e->>1)::bigint
     FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, elements jsonb) CROSS JOIN LATERAL jsonb_array_elements(u.elements) AS e
     ON CONFLICT DO NOTHING`,
    [text, accountId],
  );
  const urls = page.cards.flatMap((card) => (card.values.media ?? []).map((url, n) => ({ url, n })));
  await client.query(
    `INSERT INTO picture (account_id, url, state, phash, colour, due_at, fetched_at)
     SELECT $1, u.url, 'known', u.n, decode(repeat(u.n || '0', 192), 'hex'), now(), now() FROM unnest($2::text[], $3::integer[]) AS u(url, n) ON CONFLICT DO NOTHING`,
    [accountId, urls.map(({ url }) => url), urls.map(({ n }) => n)],
  );
}

function elements(values: CardValues): (readonly [string, string])[] {
  return (['title', 'description'] as const).flatMap((facet) => elementsOf(facet, values[facet] ?? '').map((element) => [facet, element] as const));
}
