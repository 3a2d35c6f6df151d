import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { MediaStore } from '#catalog';
import { errorCode } from '#platform';
import type { PackPictures } from '#reconcile';
import type { Pool } from 'pg';
import { seenPicturePath } from '../lanes/seen-pictures.js';

async function bytesOf(media: MediaStore, digest: string): Promise<Buffer | undefined> {
  const picture = await media.openPicture(digest);
  return picture === undefined ? undefined : buffer(picture.stream);
}

/** Bytes of a picture seen on a channel; undefined when they were pruned. */
async function seenBytes(dataDir: string, digest: string): Promise<Buffer | undefined> {
  try {
    return await readFile(seenPicturePath(dataDir, digest));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Pictures of both sides for a pack, as far as their bytes were kept. */
export function keptPictures(pool: Pool, media: MediaStore, dataDir: string): PackPictures {
  return {
    master: (digest) => bytesOf(media, digest),
    channel: async (accountId, url) => {
      const { rows } = await pool.query<{ digest: string | null }>('SELECT body_digest AS digest FROM picture WHERE account_id = $1 AND url = $2', [accountId, url]);
      const digest = rows[0]?.digest;
      return digest === null || digest === undefined ? undefined : seenBytes(dataDir, digest);
    },
  };
}
