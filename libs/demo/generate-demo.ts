import { createHash } from 'node:crypto';
import type { ProductInput } from '#catalog';
import { planProducts, type PlannedProduct } from './goods/plan-products.js';
import { drawPicture } from './pictures/draw-picture.js';

export interface DemoOptions {
  readonly seed: number;
  /** How many products. */
  readonly products: number;
  /** Products a batch; default 100. */
  readonly batch?: number;
}

export interface DemoProduct {
  /** Complete, with the digests of its pictures. */
  readonly document: ProductInput;
  /** JPEG bytes in the order of `document.media`. */
  readonly pictures: readonly Buffer[];
}

export interface DemoBatch {
  readonly products: readonly DemoProduct[];
  /** Products out so far, this batch included, of all. */
  readonly done: number;
  readonly total: number;
}

const DRAWN_AT_ONCE = 4;

/** The demo catalog, batch by batch as it is consumed. The same seed gives the same documents and picture bytes. */
export async function* generateDemo(options: DemoOptions): AsyncGenerator<DemoBatch> {
  let done = 0;
  for (const plans of planBatches(options)) {
    const products = await drawProducts(plans);
    done += products.length;
    yield { products, done, total: options.products };
  }
}

export function* planBatches({ seed, products, batch = 100 }: DemoOptions): Generator<PlannedProduct[]> {
  let plans: PlannedProduct[] = [];
  for (const plan of planProducts(seed, products)) {
    plans.push(plan);
    if (plans.length >= batch) {
      yield plans;
      plans = [];
    }
  }
  if (plans.length > 0) yield plans;
}

/** Draws the pictures of planned products, several at once. */
export async function drawProducts(plans: readonly PlannedProduct[]): Promise<DemoProduct[]> {
  const drawn: DemoProduct[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < plans.length; i = next++) {
      const plan = plans[i];
      if (!plan) continue;
      const pictures: Buffer[] = [];
      for (const spec of plan.pictures) pictures.push(await drawPicture(spec));
      const media = pictures.map((bytes) => ({ digest: createHash('sha256').update(bytes).digest('hex') }));
      drawn[i] = { document: { ...plan.document, media }, pictures };
    }
  };
  await Promise.all(Array.from({ length: DRAWN_AT_ONCE }, work));
  return drawn;
}
