import { Agent, request } from 'undici';
import type { Pool } from 'pg';
import { fingerprint } from '#kernel';

/*
 * The floor of a sweep: the least code that reads the same answers, prints the same fields in a fixed order, compares with
 * what was kept and records what differs. One account, no facets, no evidence, no echoes, no errors.
 */

interface Value {
  readonly dictionary_value_id: number;
  readonly value: string;
}
interface Offer {
  readonly product_id: number;
  readonly offer_id: string;
  readonly archived: boolean;
}
interface Info {
  readonly id: number;
  readonly offer_id: string;
  readonly price: string;
  readonly old_price: string;
  readonly min_price: string;
  readonly currency_code: string;
  readonly is_archived: boolean;
  readonly statuses: {
    readonly status: string;
    readonly status_failed: string;
    readonly moderate_status: string;
    readonly validation_status: string;
    readonly is_created: boolean;
  };
  readonly visibility_details: { readonly has_price: boolean; readonly has_stock: boolean };
  readonly availabilities: readonly { readonly availability: string }[];
  readonly errors: readonly { readonly code: string; readonly level: string }[];
}
interface Stock {
  readonly product_id: number;
  readonly offer_id: string;
  readonly stocks: readonly { readonly type: string; readonly present: number; readonly reserved: number }[];
}
interface Content {
  readonly id: number;
  readonly offer_id: string;
  readonly name: string;
  readonly description_category_id: number;
  readonly type_id: number;
  readonly primary_image: string;
  readonly images: readonly string[];
  readonly attributes: readonly { readonly id: number; readonly values: readonly Value[] }[];
  readonly depth: number;
  readonly width: number;
  readonly height: number;
  readonly weight: number;
  readonly dimension_unit: string;
  readonly weight_unit: string;
  readonly barcodes: readonly string[];
}

const ofOffer = (item: Offer) => [item.offer_id, item.archived];
const ofInfo = (item: Info) => [
  item.offer_id,
  item.price,
  item.old_price,
  item.min_price,
  item.currency_code,
  item.is_archived,
  item.statuses.status,
  item.statuses.status_failed,
  item.statuses.moderate_status,
  item.statuses.validation_status,
  item.statuses.is_created,
  item.visibility_details.has_price,
  item.visibility_details.has_stock,
  item.availabilities.map((entry) => entry.availability),
  item.errors.map((error) => [error.code, error.level]),
];
const ofStock = (item: Stock) => [item.offer_id, item.stocks.map((row) => [row.type, row.present, row.reserved])];
const ofContent = (item: Content) => [
  item.offer_id,
  item.description_category_id,
  item.type_id,
  item.name,
  item.primary_image,
  item.images,
  item.attributes.map((attribute) => [attribute.id, attribute.values.map((value) => [value.dictionary_value_id, value.value])]),
  item.depth,
  item.width,
  item.height,
  item.weight,
  item.dimension_unit,
  item.weight_unit,
  item.barcodes,
];

const COMPARE = `
  WITH u AS (SELECT * FROM unnest($2::bigint[], $3::bigint[]) AS t(id, print)),
    d AS (SELECT u.id, u.print FROM u LEFT JOIN reference_print r ON r.source = $1 AND r.id = u.id WHERE r.print IS DISTINCT FROM u.print),
    kept AS (INSERT INTO reference_print (source, id, print) SELECT $1, d.id, d.print FROM d ON CONFLICT (source, id) DO UPDATE SET print = excluded.print),
    noticed AS (INSERT INTO reference_drift (source, id, print) SELECT $1, d.id, d.print FROM d),
    page AS (INSERT INTO reference_page (source, first_id, cards) SELECT $1, ($2::bigint[])[1], cardinality($2::bigint[]))
  SELECT count(*)::integer AS differing FROM d`;

export async function createReferenceTables(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE TABLE reference_print (source text NOT NULL, id bigint NOT NULL, print bigint NOT NULL, PRIMARY KEY (source, id));
    CREATE TABLE reference_drift (source text NOT NULL, id bigint NOT NULL, print bigint NOT NULL);
    CREATE TABLE reference_page (source text NOT NULL, first_id bigint, cards integer NOT NULL);`);
}

type Fetched = (path: string, body: object) => Promise<Buffer>;

async function withFetch<T>(url: string, work: (fetched: Fetched) => Promise<T>): Promise<T> {
  const agent = new Agent({ connections: 1, pipelining: 1 });
  try {
    return await work(async (path, body) => {
      const answer = await request(url + path, {
        method: 'POST',
        dispatcher: agent,
        headers: { 'content-type': 'application/json', 'client-id': '1', 'api-key': 'bench' },
        body: JSON.stringify(body),
      });
      return Buffer.from(await answer.body.arrayBuffer());
    });
  } finally {
    await agent.close();
  }
}

const parsed = <T>(bytes: Buffer): T => JSON.parse(bytes.toString('utf8')) as T;

/** `offers` is the page's list, which is parsed in any case: it names what comes next. */
type OnPage = (source: 'list' | 'info' | 'stock' | 'content', bytes: Buffer, offers: readonly Offer[]) => Promise<void>;

/** Every request of both lanes, in the order in which a straight line makes them. */
async function walk(url: string, onPage: OnPage): Promise<void> {
  await withFetch(url, async (fetched) => {
    for (let last = ''; ;) {
      const listed = await fetched('/v3/product/list', { filter: { visibility: 'ALL' }, last_id: last, limit: 1000 });
      const { result } = parsed<{ result: { items: Offer[]; last_id: string } }>(listed);
      const ids = result.items.map((item) => String(item.product_id));
      await onPage('list', listed, result.items);
      await onPage('info', await fetched('/v3/product/info/list', { product_id: ids }), result.items);
      await onPage('stock', await fetched('/v4/product/info/stocks', { filter: { product_id: ids, visibility: 'ALL' }, limit: 1000, cursor: '' }), result.items);
      const content = { filter: { visibility: 'ALL' }, limit: 1000, last_id: last, sort_by: 'id', sort_dir: 'ASC' };
      await onPage('content', await fetched('/v4/product/info/attributes', content), result.items);
      last = result.last_id;
      if (last === '') return;
    }
  });
}

/** Seconds for the bytes alone (and the parsed list). */
export function timeWire(url: string): Promise<number> {
  return timed(() => walk(url, () => Promise.resolve()));
}

/** Seconds for the bytes and JSON.parse, once each. */
export function timeParse(url: string): Promise<number> {
  return timed(() =>
    walk(url, (source, bytes) => {
      if (source !== 'list') parsed(bytes);
      return Promise.resolve();
    }),
  );
}

/** Seconds for the whole reference sweep, and how many cards differed from what was kept. */
export async function referenceSweep(pool: Pool, url: string): Promise<{ seconds: number; differing: number }> {
  let differing = 0;
  const compare = async (source: string, ids: readonly number[], prints: readonly string[]) => {
    const { rows } = await pool.query<{ differing: number }>({ name: 'reference-compare', text: COMPARE, values: [source, ids, prints] });
    differing += rows[0]?.differing ?? 0;
  };
  const print = (projection: unknown) => fingerprint(JSON.stringify(projection));
  const seconds = await timed(() =>
    walk(url, async (source, bytes, offers) => {
      if (source === 'list') {
        await compare(
          source,
          offers.map((item) => item.product_id),
          offers.map((item) => print(ofOffer(item))),
        );
      } else if (source === 'info') {
        const { items } = parsed<{ items: Info[] }>(bytes);
        await compare(
          source,
          items.map((item) => item.id),
          items.map((item) => print(ofInfo(item))),
        );
      } else if (source === 'stock') {
        const { items } = parsed<{ items: Stock[] }>(bytes);
        await compare(
          source,
          items.map((item) => item.product_id),
          items.map((item) => print(ofStock(item))),
        );
      } else {
        const { result } = parsed<{ result: Content[] }>(bytes);
        await compare(
          source,
          result.map((item) => item.id),
          result.map((item) => print(ofContent(item))),
        );
      }
    }),
  );
  return { seconds, differing };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
