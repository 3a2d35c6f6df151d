import { join } from 'node:path';
import type { Pool } from 'pg';
import { bulkEditKind, bulkUndoKind, ImportKind, type JobKind, MediaStore, PictureFetcher, PictureJob, PictureWishes } from '#catalog';
import type { AppConfig } from '#platform';
import { ImportFiles } from '../imports/import-files.js';

export interface JobKinds {
  readonly kinds: readonly JobKind[];
  stop(): void;
}

/** Every kind of job this hub can do. */
export function jobKinds(pool: Pool, config: AppConfig): JobKinds {
  const files = new ImportFiles(config.dataDir);
  const media = new MediaStore(pool, join(config.dataDir, 'media'));
  const fetcher = new PictureFetcher(media);
  const imports = new ImportKind({ pool, pathOf: ({ path }) => files.locate(path), release: ({ path }) => files.remove(path), pictures: new PictureWishes(media) });
  const kinds = [imports, new PictureJob(pool, fetcher), bulkEditKind(pool), bulkUndoKind(pool)];
  // A runner hands each kind only what was queued under its name.
  return { kinds: kinds as readonly JobKind[], stop: () => fetcher.close() };
}
