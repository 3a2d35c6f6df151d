import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';
import { pictureOwners } from '../observe/find-owners.js';
import { loadKnownPictures } from '../pictures/known-pictures.js';
import type { Orphan } from './orphans-to-look-at.js';
import type { MatchSigns } from './score-match.js';
import { tellingWords, titleLikeness } from './title-likeness.js';

/** Signs by product id. */
export type Candidates = ReadonlyMap<string, MatchSigns>;

/** Words a title is searched by, and how many products are compared word by word. */
const WORDS = 5;
const NEAREST = 8;

/** A product of the account that is not on the channel: it waits for its card. Its listing is `f`, itself `p`. */
const IS_FREE = 'f.account_id = $1 AND f.product_id = p.id AND f.external_id IS NULL AND NOT p.archived';

/** For each orphan the products that may be its own: by barcode, by the words of its title, by its main picture. */
export async function findCandidates(client: PoolClient, ctx: AccountContext, orphans: readonly Orphan[]): Promise<Map<string, Candidates>> {
  const found = new Map<string, Map<string, MatchSigns>>();
  const none: MatchSigns = { barcode: undefined, title: 0, picture: false };
  const add = (orphanId: string, productId: string, signs: Partial<MatchSigns>): void => {
    const candidates = found.get(orphanId) ?? new Map<string, MatchSigns>();
    candidates.set(productId, { ...none, ...candidates.get(productId), ...signs });
    found.set(orphanId, candidates);
  };
  for (const { id, product, barcode } of await byBarcode(client, ctx, orphans)) add(id, product, { barcode });
  for (const [id, product] of await byPicture(client, ctx, orphans)) add(id, product, { picture: true });
  for (const [id, product] of await byWords(client, ctx, orphans)) add(id, product, {});
  await compareTitles(client, orphans, found);
  return found;
}

async function byBarcode(client: PoolClient, ctx: AccountContext, orphans: readonly Orphan[]): Promise<{ id: string; product: string; barcode: string }[]> {
  const pairs = orphans.flatMap(({ id, barcodes }) => barcodes.map((barcode) => ({ id, barcode })));
  const { rows } = await client.query<{ id: string; product: string; barcode: string }>(
    `SELECT u.id, p.id AS product, u.barcode FROM unnest($2::bigint[], $3::text[]) AS u (id, barcode)
     JOIN product_barcode b ON b.barcode = u.barcode JOIN product p ON p.id = b.product_id JOIN listing f ON ${IS_FREE} ORDER BY u.id, p.id, u.barcode`,
    [ctx.account.id, pairs.map((pair) => pair.id), pairs.map((pair) => pair.barcode)],
  );
  return rows;
}

async function byWords(client: PoolClient, ctx: AccountContext, orphans: readonly Orphan[]): Promise<[string, string][]> {
  const asked = orphans.map(({ id, title }) => ({ id, query: tellingWords(title, WORDS).join(' | ') })).filter(({ query }) => query !== '');
  const { rows } = await client.query<{ id: string; product: string }>(
    `SELECT u.id, c.id AS product FROM unnest($2::bigint[], $3::text[]) AS u (id, query)
     CROSS JOIN LATERAL (
       SELECT p.id FROM product_words w JOIN product p ON p.id = w.product_id JOIN listing f ON ${IS_FREE}
       WHERE w.words @@ to_tsquery('russian', u.query)
       ORDER BY ts_rank(w.words, to_tsquery('russian', u.query)) DESC, p.id LIMIT ${NEAREST}) c`,
    [ctx.account.id, asked.map(({ id }) => id), asked.map(({ query }) => query)],
  );
  return rows.map(({ id, product }) => [id, product]);
}

async function byPicture(client: PoolClient, ctx: AccountContext, orphans: readonly Orphan[]): Promise<[string, string][]> {
  const urls = orphans.flatMap(({ picture }) => picture ?? []);
  const pictures = await loadKnownPictures(client, ctx.account.id, urls, []);
  const shown = orphans.flatMap(({ id, picture }) => {
    const print = picture === null ? undefined : pictures.printOf(picture);
    return print === undefined ? [] : [{ id, print }];
  });
  const ownersOf = await pictureOwners(
    client,
    ctx.account.id,
    shown.map(({ print }) => print),
  );
  const pairs = shown.flatMap(({ id, print }) => ownersOf(print, id).map(({ listingId }) => ({ id, listingId })));
  const { rows } = await client.query<{ id: string; product: string }>(
    `SELECT DISTINCT u.id, p.id AS product FROM unnest($2::bigint[], $3::bigint[]) AS u (id, listing)
     JOIN listing f ON f.id = u.listing JOIN product p ON ${IS_FREE}`,
    [ctx.account.id, pairs.map(({ id }) => id), pairs.map(({ listingId }) => listingId)],
  );
  return rows.map(({ id, product }) => [id, product]);
}

async function compareTitles(client: PoolClient, orphans: readonly Orphan[], found: ReadonlyMap<string, Map<string, MatchSigns>>): Promise<void> {
  const products = new Set([...found.values()].flatMap((candidates) => [...candidates.keys()]));
  const { rows } = await client.query<{ id: string; title: string; brand: string | null }>('SELECT id, title, brand FROM product WHERE id = ANY($1::bigint[])', [[...products]]);
  const titles = new Map(rows.map(({ id, title, brand }) => [id, brand === null || title.includes(brand) ? [title] : [title, `${title} ${brand}`]]));
  for (const { id, title } of orphans) {
    const candidates = found.get(id);
    for (const [product, signs] of candidates ?? []) {
      // The brand may or may not stand in a title.
      const likeness = Math.max(0, ...(titles.get(product) ?? []).map((own) => titleLikeness(title, own)));
      candidates?.set(product, { ...signs, title: likeness });
    }
  }
}
