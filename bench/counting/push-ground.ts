import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MediaStore, ProductService, type ProductInput } from '#catalog';
import { createPool } from '#platform';
import { servePictures } from '../../test/serve-pictures.js';
import { openOwnDatabase } from '../measure/own-database.js';
import { storeGoods } from './goods-written-anew.js';

const POOL_MAX = 8;

/** A catalog with goods, and their pictures where a market can fetch them. */
export interface PushGround {
  readonly pool: ReturnType<typeof createPool>;
  readonly folder: string;
  readonly products: ProductService;
  readonly goods: readonly ProductInput[];
  /** An address of a picture that nobody has fetched yet. */
  freshPictureUrl(digest: string): string;
  close(): Promise<void>;
}

export async function openPushGround(count: number): Promise<PushGround> {
  const database = await openOwnDatabase();
  const pool = createPool(database.url, { max: POOL_MAX, applicationName: 'etalon-bench' });
  const media = new MediaStore(pool, join(database.folder, 'media'));
  const pictures = await servePictures(media);
  const close = async (): Promise<void> => {
    await pictures.close();
    await pool.end();
    await database.stop();
  };
  try {
    const products = new ProductService(pool);
    const goods = await storeGoods(products, media, count);
    return { pool, folder: database.folder, products, goods, freshPictureUrl: (digest) => `${pictures.url}/${digest}-${randomBytes(4).toString('hex')}.jpg`, close };
  } catch (error) {
    await close();
    throw error;
  }
}
