import { digest } from '../digest.js';
import type { WriterKey } from '../ledger.js';
import { meaning } from './meaning.js';
import { keyOf, type FacetName, type Product, type Ware } from './model.js';
import type { Office } from './office.js';
import { wholeSecond } from './site-time.js';

export interface Written {
  facet: FacetName;
  before: string;
  after: string;
}

/** Who wrote, by which method. */
export interface Writer {
  key: WriterKey;
  method: string;
}

type Shop = Pick<Office, 'ledger' | 'clock' | 'products'>;

/** What facets of a ware mean now. */
export function meanings({ products }: Pick<Office, 'products'>, ware: Ware, facets: Iterable<FacetName>): Map<FacetName, string> {
  const product = products.productOf(ware);
  return new Map([...facets].map((facet) => [facet, meaning(ware, product, facet)]));
}

/** Puts an applied write into the ledger; `before` says which facets it named. One written as it was is needless: every field can be left out here. */
export function noteWrite(office: Shop, writer: Writer, ware: Ware, before: ReadonlyMap<FacetName, string>): void {
  const product = office.products.productOf(ware);
  noteFacets(
    office,
    writer,
    keyOf(ware),
    [...before].map(([facet, was]) => ({ facet, before: was, after: meaning(ware, product, facet) })),
  );
}

export function noteFacets(office: Pick<Office, 'ledger' | 'clock'>, writer: Writer, key: string, written: readonly Written[]): void {
  office.ledger.append({
    at: office.clock.iso(),
    key: writer.key,
    method: writer.method,
    task_id: 0,
    offer_id: key,
    facets: written.map(({ facet, before, after }) => ({
      facet,
      before_digest: digest(before),
      after_digest: digest(after),
      changed: before !== after,
      needless: before === after,
    })),
  });
}

/** To be called before a product is changed, so that a slow cache can go on showing what was. */
export function beforeChange(office: Pick<Office, 'faults' | 'products'>, product: Product, ware: Ware = product): void {
  const until = office.faults.slowUntil(keyOf(ware));
  if (until !== undefined) office.products.freeze(product, until);
}

/** The date of the last change, to a second; a variation's change is its product's too. */
export function touch(office: Pick<Office, 'clock'>, ...items: { modifiedAt: number }[]): void {
  for (const item of items) item.modifiedAt = wholeSecond(office.clock.now());
}
