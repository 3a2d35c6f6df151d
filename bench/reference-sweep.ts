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
  WITH u AS (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS t(id, offer, info, stock, content)),
    d AS (SELECT u.* FROM u LEFT JOIN reference_print r USING (id) WHERE (r.offer, r.info, r.stock, r.content) IS DISTINCT FROM (u.offer, u.info, u.stock, u.content)),
    kept AS (INSERT INTO reference_print SELECT * FROM d ON CONFLICT (id) DO UPDATE SET offer = excluded.offer, info = excluded.info, stock = excluded.stock, content = excluded.content),
    noticed AS (INSERT INTO reference_drift SELECT * FROM d),
    page AS (INSERT INTO reference_page SELECT ($1::bigint[])[1], cardinality($1::bigint[]))
  SELECT count(*)::integer AS differing FROM d`;

export async function createReferenceTables(pool: Pool): Promise<void> {
  const prints = 'id bigint PRIMARY KEY, offer bigint NOT NULL, info bigint NOT NULL, stock bigint NOT NULL, content bigint NOT NULL';
  await pool.query(`
    CREATE TABLE reference_print (${prints});
    CREATE TABLE reference_drift (${prints.replace(' PRIMARY KEY', '')});
    CREATE TABLE reference_page (first_id bigint, cards integer NOT NULL);`);
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

/** The answers for the same thousand cards; the list is parsed in any case, as it names what comes next. */
interface FourAnswers {
  readonly offers: readonly Offer[];
  readonly info: Buffer;
  readonly stock: Buffer;
  readonly content: Buffer;
}

/** Every request of both lanes, in the order in which a straight line makes them. */
async function walk(url: string, onPage: (page: FourAnswers) => Promise<void> | void): Promise<void> {
  await withFetch(url, async (fetched) => {
    for (let last = ''; ;) {
      const { result } = parsed<{ result: { items: Offer[]; last_id: string } }>(await fetched('/v3/product/list', { filter: { visibility: 'ALL' }, last_id: last, limit: 1000 }));
      const ids = result.items.map((item) => String(item.product_id));
      const info = await fetched('/v3/product/info/list', { product_id: ids });
      const stock = await fetched('/v4/product/info/stocks', { filter: { product_id: ids, visibility: 'ALL' }, limit: 1000, cursor: '' });
      const content = await fetched('/v4/product/info/attributes', { filter: { visibility: 'ALL' }, limit: 1000, last_id: last, sort_by: 'id', sort_dir: 'ASC' });
      await onPage({ offers: result.items, info, stock, content });
      last = result.last_id;
      if (last === '') return;
    }
  });
}

/** Seconds for the bytes alone (and the parsed list). */
export function timeWire(url: string): Promise<number> {
  return timed(() => walk(url, () => undefined));
}

/** Seconds for the bytes and JSON.parse, once each. */
export function timeParse(url: string): Promise<number> {
  return timed(() =>
    walk(url, ({ info, stock, content }) => {
      parsed(info);
      parsed(stock);
      parsed(content);
    }),
  );
}

/** Seconds for the whole reference sweep, and how many cards differed from what was kept. */
export async function referenceSweep(pool: Pool, url: string): Promise<{ seconds: number; differing: number }> {
  let differing = 0;
  const print = (projection: unknown) => fingerprint(JSON.stringify(projection));
  const seconds = await timed(() =>
    walk(url, async ({ offers, info, stock, content }) => {
      const values = [
        offers.map((item) => item.product_id),
        offers.map((item) => print(ofOffer(item))),
        parsed<{ items: Info[] }>(info).items.map((item) => print(ofInfo(item))),
        parsed<{ items: Stock[] }>(stock).items.map((item) => print(ofStock(item))),
        parsed<{ result: Content[] }>(content).result.map((item) => print(ofContent(item))),
      ];
      const { rows } = await pool.query<{ differing: number }>({ name: 'reference-compare', text: COMPARE, values });
      differing += rows[0]?.differing ?? 0;
    }),
  );
  return { seconds, differing };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
