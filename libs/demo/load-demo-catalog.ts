import type { MediaStore, ProductService } from '#catalog';
import { drawProducts, planBatches, type DemoOptions } from './generate-demo.js';

export interface DemoProgress {
  /** Products in the catalog so far, of all. */
  readonly done: number;
  readonly total: number;
}

/**
 * Fills the catalog with the demo goods, batch by batch, so that the first are there within seconds. Stopped half-way, it
 * goes on where it was: products that are there already, edited or not, are left alone and their pictures are not drawn again.
 * Stops between batches when the signal says so.
 */
export async function loadDemoCatalog(
  products: ProductService,
  media: MediaStore,
  options: DemoOptions,
  onProgress: (progress: DemoProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<DemoProgress> {
  let done = 0;
  for (const plans of planBatches(options)) {
    if (signal?.aborted) break;
    const known = new Set((await products.read.getBySku(plans.map((p) => p.document.sku))).map((p) => p.sku));
    const missing = plans.filter((plan) => !known.has(plan.document.sku));
    if (missing.length > 0) {
      const drawn = await drawProducts(missing);
      await media.putMany(
        drawn.flatMap((p) => p.pictures),
        { source: 'demo' },
      );
      const outcomes = await products.upsertMany(
        drawn.map(({ document }) => ({ document, basedOn: 0 })),
        { author: 'demo', cause: { kind: 'demo', seed: options.seed } },
      );
      const failed = outcomes.find((o) => o.kind !== 'created' && o.kind !== 'stale');
      if (failed) throw new Error(`The demo product ${failed.sku} was not stored: ${JSON.stringify(failed)}`);
    }
    done += plans.length;
    onProgress({ done, total: options.products });
  }
  return { done, total: options.products };
}
