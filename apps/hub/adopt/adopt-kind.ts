import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { barcodeFault, type ImportRequest, type JobEnd, type JobKind, type JobRun, JobStore, type MediaStore } from '#catalog';
import { draftedCards, type DraftedCard, inTransaction } from '#reconcile';
import type { ImportFiles } from '../imports/import-files.js';
import { seenPicturePath } from '../lanes/seen-pictures.js';

export const ADOPT = 'adopt-cards';

export interface AdoptRequest {
  readonly accountId: string;
  /** Articles of the cards; absent: every card without a product that no product is proposed for. */
  readonly keys?: readonly string[];
  /** The import shows what would be created and creates nothing. */
  readonly dryRun?: boolean;
  readonly name: string;
}

const PAGE = 200;

interface AdoptTools {
  readonly pool: Pool;
  readonly media: MediaStore;
  readonly files: ImportFiles;
  readonly dataDir: string;
}

/**
 * Writes live cards without a product down as a file of products, their pictures taken from what was seen on the channel, and
 * hands the file to an import that only creates. The job's result names that import. Begun anew after a crash: nothing in it is done twice.
 */
export class AdoptKind implements JobKind<AdoptRequest> {
  readonly kind = ADOPT;

  constructor(private readonly tools: AdoptTools) {}

  async run(job: JobRun<AdoptRequest, unknown>): Promise<JobEnd> {
    const { pool, files } = this.tools;
    const { dryRun, name } = job.request;
    const path = await files.reserve(`${name}.jsonl`);
    let cards = 0;
    const lines = this.lines(job, (written) => (cards = written));
    await pipeline(lines, createWriteStream(files.locate(path)));
    if (cards === 0) {
      await files.remove(path);
      return { state: 'done', counts: { cards: 0 } };
    }
    const request: ImportRequest = {
      path,
      name: `${name}.jsonl`,
      format: 'jsonl',
      mode: 'create',
      policy: 'reject-failed-rows',
      currency: 'RUB',
      ...(dryRun === true && { dryRun }),
    };
    const id = await new JobStore(pool).enqueue('import', job.author, request);
    return { state: 'done', counts: { cards }, result: { import: id } };
  }

  private async *lines(job: JobRun<AdoptRequest, unknown>, tell: (cards: number) => void): AsyncGenerator<string> {
    const { pool } = this.tools;
    const { accountId, keys } = job.request;
    let cards = 0;
    for (let after = '0'; ;) {
      job.signal.throwIfAborted();
      const page = await draftedCards(pool, accountId, keys, after, PAGE);
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.listingId;
      for (const card of page) yield `${JSON.stringify(await this.line(card))}\n`;
      cards += page.length;
      tell(cards);
      await inTransaction(pool, (client) => job.save(client, { cards }, { done: cards, unit: 'products' }));
    }
  }

  private async line({ key, draft, pictures }: DraftedCard): Promise<object> {
    const bytes = await Promise.all(pictures.map((digest) => readFile(seenPicturePath(this.tools.dataDir, digest)).catch(() => undefined)));
    const kept = await this.tools.media.putMany(
      bytes.filter((one) => one !== undefined),
      { from: 'channel', key },
    );
    // Codes of the channel's own making are no barcodes of the product: they stay on the card.
    const barcodes = draft.barcodes.filter((code) => barcodeFault(code) === undefined);
    return { sku: key, ...draft, barcodes, media: kept.map(({ digest }) => ({ digest })) };
  }
}
