import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { issueOf } from '../../faults/validation-issue.js';
import type { JobEnd, JobKind, JobRun } from '../../jobs/job.js';
import { type RowNote, writeNotes } from '../../import/row-notes.js';
import { inTransaction } from '../../write/in-transaction.js';
import { type FetchedBefore, type FetchedPicture, type PictureFetcher } from './fetch-picture.js';
import { givePictures, type Given } from './give-pictures.js';
import { isWebAddress } from './own-address.js';
import { recall, remember } from './picture-memory.js';

export const PICTURE_JOB = 'pictures';

export interface PictureRequest {
  /** The import whose pictures are fetched. */
  readonly import: string;
  readonly name?: string;
}

interface Checkpoint {
  readonly notes: number;
  readonly pictures: number;
  readonly failed: number;
  readonly products: number;
}

interface Wish {
  readonly productId: string;
  readonly place: string;
  readonly revision: number | null;
  readonly addresses: readonly string[];
}

const PER_BATCH = 40;
const AT_ONCE = 6;
const LOOK_AGAIN_MS = 500;

/** Fetches the pictures an import wished for and gives them to the products as new revisions, batch by batch, while the import still runs. */
export class PictureJob implements JobKind<PictureRequest, Checkpoint> {
  readonly kind = PICTURE_JOB;

  constructor(
    private readonly pool: Pool,
    private readonly fetcher: PictureFetcher,
  ) {}

  async run(job: JobRun<PictureRequest, Checkpoint>): Promise<JobEnd> {
    let at = job.checkpoint ?? { notes: 0, pictures: 0, failed: 0, products: 0 };
    for (;;) {
      job.signal.throwIfAborted();
      const over = await this.importIsOver(job.request.import);
      const wishes = await this.wishes(job.request.import);
      if (wishes.length > 0) at = await this.fulfil(job, at, wishes);
      else if (over) return { state: 'done', counts: { pictures: at.pictures, failed: at.failed, products: at.products } };
      else await pause(LOOK_AGAIN_MS, undefined, { signal: job.signal });
    }
  }

  private async fulfil(job: JobRun<PictureRequest, Checkpoint>, at: Checkpoint, wishes: readonly Wish[]): Promise<Checkpoint> {
    const addresses = [...new Set(wishes.flatMap((wish) => wish.addresses))];
    const remembered = await recall(this.pool, addresses);
    const fetched = await this.fetchAll(
      addresses.filter((address) => remembered.get(address)?.fresh !== true),
      remembered,
      job.signal,
    );
    const good = new Map([...fetched].filter((entry): entry is [string, FetchedBefore] => 'digest' in entry[1]));
    const digestOf = (address: string): string | undefined => good.get(address)?.digest ?? remembered.get(address)?.digest;
    const notes = wishes.flatMap(({ place, addresses: given }) =>
      given.flatMap((address): RowNote[] => {
        const outcome = fetched.get(address);
        return outcome && 'issue' in outcome ? [{ row: 0, place, outcome: 'warning', issue: outcome.issue }] : [];
      }),
    );
    const given = wishes.map(({ productId, place, revision, addresses: wanted }): Given => ({
      productId,
      place,
      revision,
      digests: [...new Set(wanted.flatMap((address) => digestOf(address) ?? []))],
    }));
    return inTransaction(this.pool, async (client) => {
      await remember(client, good);
      const { products, overtaken } = await givePictures(client, given, {
        author: job.author,
        importJob: job.request.import,
        ...(job.request.name !== undefined && { file: job.request.name }),
      });
      await forget(client, job.request.import, wishes);
      const told = [...notes, ...overtaken.map(({ place }): RowNote => ({ row: 0, place, outcome: 'warning', issue: issueOf('media', undefined, 'changed-meanwhile') }))];
      await writeNotes(client, job.id, at.notes, told);
      const next = { notes: at.notes + told.length, pictures: at.pictures + good.size, failed: at.failed + (fetched.size - good.size), products: at.products + products };
      const left = await countLeft(client, job.request.import);
      const done = next.pictures + next.failed;
      await job.save(client, next, { phase: 'fetch', done, total: done + left, unit: 'pictures' }, { pictures: next.pictures, failed: next.failed, products: next.products });
      return next;
    });
  }

  private async fetchAll(addresses: readonly string[], remembered: ReadonlyMap<string, FetchedBefore>, signal: AbortSignal): Promise<Map<string, FetchedPicture>> {
    const outcomes = new Map<string, FetchedPicture>();
    const waiting = [...addresses];
    const work = async (): Promise<void> => {
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
        outcomes.set(address, isWebAddress(address) ? await this.fetcher.fetch(address, remembered.get(address), signal) : { issue: issueOf('media', address, 'onec-picture') });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return outcomes;
  }

  private async wishes(importJob: string): Promise<Wish[]> {
    const { rows } = await this.pool.query<Wish>({
      name: 'catalog-picture-wishes',
      text: 'SELECT product_id AS "productId", place, revision, addresses FROM picture_wish WHERE import_job = $1 ORDER BY product_id LIMIT $2',
      values: [importJob, PER_BATCH],
    });
    return rows;
  }

  private async importIsOver(importJob: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ state: string }>('SELECT state FROM catalog_job WHERE id = $1', [importJob]);
    return !['queued', 'running'].includes(rows[0]?.state ?? '');
  }
}

/** A wish that a later import replaced meanwhile stays. */
async function forget(client: PoolClient, importJob: string, wishes: readonly Wish[]): Promise<void> {
  await client.query({
    name: 'catalog-picture-forget',
    text: 'DELETE FROM picture_wish WHERE import_job = $1 AND product_id = ANY ($2::bigint[])',
    values: [importJob, wishes.map((wish) => wish.productId)],
  });
}

async function countLeft(client: PoolClient, importJob: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT coalesce(sum(cardinality(addresses)), 0)::integer AS n FROM picture_wish WHERE import_job = $1', [importJob]);
  return rows[0]?.n ?? 0;
}
