import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { barcodeFault, type ImportRequest, type JobCounts, type JobEnd, type JobKind, type JobRun, JobStore, type MediaStore, PictureRefused } from '#catalog';
import { type ChannelRegistry, loadAccount } from '#listings';
import { draftedCards, type DraftedCard, inTransaction, wholeCard } from '#reconcile';
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

/** `import`: the file is written and handed over; nothing is left to do but to say so. */
interface AdoptCheckpoint {
  readonly counts: AdoptCounts;
  readonly import?: string;
}

interface AdoptCounts extends JobCounts {
  readonly cards: number;
  /** Left out: something of theirs was not read yet. */
  readonly waiting: number;
  /** Written without pictures: one of theirs cannot be read, or shows twice. */
  readonly pictureless: number;
}

const PAGE = 200;

interface AdoptTools {
  readonly pool: Pool;
  readonly channels: ChannelRegistry;
  readonly media: MediaStore;
  readonly files: ImportFiles;
  readonly dataDir: string;
}

/**
 * Writes live cards without a product down as a file of products, their pictures taken from what was seen on the channel, and
 * hands the file to an import that only creates. The job's result names that import. Begun anew after a crash it writes the file
 * again, and hands it over once: the import is queued in the transaction that remembers it.
 */
export class AdoptKind implements JobKind<AdoptRequest, AdoptCheckpoint> {
  readonly kind = ADOPT;

  constructor(private readonly tools: AdoptTools) {}

  async run(job: JobRun<AdoptRequest, AdoptCheckpoint>): Promise<JobEnd> {
    const known = job.checkpoint;
    if (known?.import !== undefined) return { state: 'done', counts: known.counts, result: { import: known.import } };
    const { files } = this.tools;
    const path = await files.reserve(`${job.request.name}.jsonl`);
    try {
      const lines = new AdoptedLines(job, this.tools);
      await pipeline(lines, createWriteStream(files.locate(path)));
      if (lines.counts.cards > 0) return { state: 'done', counts: lines.counts, result: { import: await this.handOver(job, path, lines.counts) } };
      await files.remove(path);
      return { state: 'done', counts: lines.counts };
    } catch (error) {
      await files.remove(path);
      throw error;
    }
  }

  private handOver(job: JobRun<AdoptRequest, AdoptCheckpoint>, path: string, counts: AdoptCounts): Promise<string> {
    const { dryRun, name } = job.request;
    const request: ImportRequest = {
      path,
      name: `${name}.jsonl`,
      format: 'jsonl',
      mode: 'create',
      policy: 'reject-failed-rows',
      currency: 'RUB',
      ...(dryRun === true && { dryRun }),
    };
    return inTransaction(this.tools.pool, async (client) => {
      const id = await new JobStore(this.tools.pool).enqueue('import', job.author, request, client);
      await job.save(client, { counts, import: id }, { done: counts.cards, total: counts.cards, unit: 'products' }, counts);
      return id;
    });
  }
}

/** The lines of the file, page by page, and what became of the cards so far. */
class AdoptedLines implements AsyncIterable<string> {
  counts: AdoptCounts = { cards: 0, waiting: 0, pictureless: 0 };

  constructor(
    private readonly job: JobRun<AdoptRequest, AdoptCheckpoint>,
    private readonly tools: AdoptTools,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const { pool, channels } = this.tools;
    const { accountId, keys } = this.job.request;
    const account = await loadAccount(pool, accountId);
    // Removed since.
    if (account === undefined) return;
    const wanted = { accountId, keys, whole: await wholeCard(pool, accountId, channels.get(account.channel).descriptor.lanes) };
    for (let after = '0'; ;) {
      this.job.signal.throwIfAborted();
      const page = await draftedCards(pool, wanted, after, PAGE);
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.listingId;
      for (const card of page) {
        if (card.waiting) this.count('waiting');
        else yield `${JSON.stringify(await this.product(card))}\n`;
      }
      await inTransaction(pool, (client) => this.job.save(client, { counts: this.counts }, { done: this.counts.cards, unit: 'products' }, this.counts));
    }
  }

  private async product({ key, draft, pictures }: DraftedCard): Promise<object> {
    const media = await this.media(key, pictures);
    this.count('cards');
    if (media.length === 0) this.count('pictureless');
    // Codes of the channel's own making are no barcodes of the product: they stay on the card.
    const barcodes = draft.barcodes.filter((code) => barcodeFault(code) === undefined);
    return { sku: key, ...draft, barcodes, media };
  }

  /** All of the card's pictures or none: a product with fewer would take some away from the card. */
  private async media(key: string, pictures: readonly string[]): Promise<readonly { readonly digest: string }[]> {
    const bytes = await Promise.all(pictures.map((digest) => readFile(seenPicturePath(this.tools.dataDir, digest)).catch(() => undefined)));
    const there = bytes.filter((one) => one !== undefined);
    if (there.length < pictures.length) return [];
    const kept = await this.tools.media.putMany(there, { from: 'channel', key }).catch((error: unknown) => {
      if (error instanceof PictureRefused) return [];
      throw error;
    });
    const digests = kept.map(({ digest }) => digest);
    return new Set(digests).size === pictures.length ? digests.map((digest) => ({ digest })) : [];
  }

  private count(what: 'cards' | 'waiting' | 'pictureless'): void {
    this.counts = { ...this.counts, [what]: this.counts[what] + 1 };
  }
}
