import { join } from 'node:path';
import type { Pool } from 'pg';
import { bulkEditKind, bulkUndoKind, ImportKind, type JobKind, MediaStore, PictureFetcher, PictureJob, PictureWishes } from '#catalog';
import type { AppConfig } from '#platform';
import { AdoptKind } from '../adopt/adopt-kind.js';
import { channelIds } from '../http/known-channel.js';
import { ImportFiles } from '../imports/import-files.js';
import { privateHosts } from '../imports/private-hosts.js';
import { knownChannels } from '../start/known-channels.js';

export interface JobKinds {
  readonly kinds: readonly JobKind[];
  /** Clears away what nobody will ask for any more. */
  tidy(): Promise<void>;
  stop(): void;
}

/** Every kind of job this hub can do. */
export function jobKinds(pool: Pool, config: AppConfig): JobKinds {
  const channels = knownChannels();
  const files = new ImportFiles(config.dataDir);
  const media = new MediaStore(pool, join(config.dataDir, 'media'));
  const fetcher = new PictureFetcher(media, { allowPrivate: privateHosts(config) });
  const imports = new ImportKind({
    pool,
    pathOf: ({ path }) => files.locate(path),
    release: ({ path }) => files.remove(path),
    pictures: new PictureWishes(media),
    channels: channelIds(channels),
  });
  const adopting = new AdoptKind({ pool, channels, media, files, dataDir: config.dataDir });
  const kinds = [imports, new PictureJob(pool, fetcher), bulkEditKind(pool), bulkUndoKind(pool), adopting];
  // A runner hands each kind only what was queued under its name.
  const tidy = async (): Promise<void> => {
    const { rows } = await pool.query<{ path: string }>(`SELECT request ->> 'path' AS path FROM catalog_job WHERE kind = 'import' AND state IN ('queued', 'running', 'held')`);
    await files.removeStale(new Set(rows.map(({ path }) => path.split('/')[0] ?? '')));
  };
  return { kinds: kinds as readonly JobKind[], tidy, stop: () => fetcher.close() };
}
