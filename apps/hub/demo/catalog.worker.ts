import { parentPort, workerData } from 'node:worker_threads';
import { MediaStore, ProductService } from '#catalog';
import { loadDemoCatalog } from '#demo';
import { createPool } from '#platform';

/** What the thread is given. */
export interface CatalogWork {
  readonly databaseUrl: string;
  readonly mediaFolder: string;
  readonly seed: number;
  readonly products: number;
}

/** What the thread tells. */
export type CatalogNews = { readonly done: number; readonly total: number };

async function work({ databaseUrl, mediaFolder, seed, products }: CatalogWork): Promise<void> {
  const pool = createPool(databaseUrl, { max: 3, applicationName: 'etalon-demo' });
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  try {
    await loadDemoCatalog(
      new ProductService(pool),
      new MediaStore(pool, mediaFolder),
      { seed, products },
      (news) => parentPort?.postMessage(news satisfies CatalogNews),
      stop.signal,
    );
  } finally {
    await pool.end();
    parentPort?.close();
  }
}

await work(workerData as CatalogWork);
