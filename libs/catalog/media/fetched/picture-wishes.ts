import { readFile, stat } from 'node:fs/promises';
import type { PoolClient } from 'pg';
import { PictureRefused } from '../../catalog-error.js';
import type { PicturePort, PictureWish } from '../../import/picture-port.js';
import type { MediaStore } from '../media-store.js';
import { isWebAddress, ownDigest } from './own-address.js';
import { PICTURE_JOB } from './picture-job.js';
import { recall } from './picture-memory.js';

const MAX_BYTES = 20 * 1024 * 1024;

/** Pictures of imports: those that are known are taken at once, the others are wished for and fetched by a job of their own. */
export class PictureWishes implements PicturePort {
  constructor(private readonly media: MediaStore) {}

  async known(client: PoolClient, addresses: readonly string[], fileOf: (name: string) => string | undefined): Promise<ReadonlyMap<string, string>> {
    const known = await this.storedHere(addresses);
    const web = addresses.filter((address) => !known.has(address) && isWebAddress(address));
    for (const [address, { digest, fresh }] of await recall(client, web)) if (fresh) known.set(address, digest);
    for (const name of addresses) {
      if (known.has(name) || isWebAddress(name)) continue;
      const digest = await this.fromFile(fileOf(name));
      if (digest !== undefined) known.set(name, digest);
    }
    return known;
  }

  async want(client: PoolClient, jobId: string, wishes: readonly PictureWish[]): Promise<void> {
    await client.query({
      name: 'catalog-picture-want',
      text: `INSERT INTO picture_wish (product_id, import_job, revision, place, addresses)
             SELECT w."productId", $1, w.revision, w.place, ARRAY(SELECT jsonb_array_elements_text(w.addresses))
             FROM jsonb_to_recordset($2::jsonb) AS w ("productId" bigint, revision integer, place text, addresses jsonb)
             ON CONFLICT (product_id) DO UPDATE SET import_job = excluded.import_job, revision = excluded.revision, place = excluded.place, addresses = excluded.addresses`,
      values: [jobId, JSON.stringify(wishes)],
    });
    await client.query({
      name: 'catalog-picture-job',
      text: `INSERT INTO catalog_job (kind, author, request)
             SELECT $2, i.author, jsonb_build_object('import', i.id::text, 'name', i.request ->> 'name') FROM catalog_job i
             WHERE i.id = $1 AND NOT EXISTS (SELECT FROM catalog_job j WHERE j.kind = $2 AND j.request ->> 'import' = $1::text AND j.state IN ('queued', 'running'))`,
      values: [jobId, PICTURE_JOB],
    });
  }

  /** Addresses of pictures that the hub shows itself. */
  private async storedHere(addresses: readonly string[]): Promise<Map<string, string>> {
    const own = addresses.flatMap((address) => {
      const digest = ownDigest(address);
      return digest === undefined ? [] : [[address, digest] as const];
    });
    if (own.length === 0) return new Map();
    const stored = new Set((await this.media.describe([...new Set(own.map(([, digest]) => digest))])).map(({ digest }) => digest));
    return new Map(own.filter(([, digest]) => stored.has(digest)));
  }

  private async fromFile(path: string | undefined): Promise<string | undefined> {
    if (path === undefined || (await stat(path)).size > MAX_BYTES) return undefined;
    try {
      return (await this.media.put(await readFile(path))).digest;
    } catch (error) {
      if (error instanceof PictureRefused) return undefined;
      throw error;
    }
  }
}
