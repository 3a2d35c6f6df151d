import type { Pool, PoolClient } from 'pg';
import { errorCode } from '#platform';
import type { KnownChannels } from '../document/known-channels.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { issueOf, NO_VALUE } from '../faults/validation-issue.js';
import type { ImportSource } from '../formats/source.js';
import { openSource } from '../formats/source-formats.js';
import { UnreadableFile } from '../formats/unreadable-file.js';
import type { JobEnd, JobProgress, JobRun } from '../jobs/job.js';
import { inTransaction } from '../write/in-transaction.js';
import { nothingToHold, whatToHold } from './hold-import.js';
import { addCounts, FRESH, type ImportCheckpoint, type ImportCounts, type ImportRequest } from './import-request.js';
import type { PicturePort } from './picture-port.js';
import { readBatches, type RowBatch } from './read-source.js';
import { type RowNote, writeNotes } from './row-notes.js';
import { takeBatch } from './take-batch.js';
import { stageRows, type StagedRow } from './stage-rows.js';
import { asWanted, nextStaged, refuseSharedBarcodes, rehearse, writeProducts, type WrittenBatch } from './write-products.js';

const SAMPLES = 50;
/** Below this, looking at the statistics costs more than a bad plan. */
const WORTH_ANALYSING = 1_000;
/** Unique violation and deadlock: another writer was at the same products; the second look sees its work. */
const OVERTAKEN: ReadonlySet<string | undefined> = new Set(['23505', '40P01']);

const MOST_TRIES = 3;

type Refused = WrittenBatch['refused'];

/** Thrown to undo everything that a reject-all import has written so far. */
class Rejected extends Error {
  constructor(
    readonly refused: Refused,
    readonly counts: ImportCounts,
  ) {
    super('rows were refused');
  }
}

/** One run of an import: read and stage, decide, write. Each step ends with a checkpoint in its own transaction; a later run goes on there. */
export class ImportRun {
  private at: ImportCheckpoint;
  private totalBytes: number | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly job: JobRun<ImportRequest, ImportCheckpoint>,
    private readonly path: string,
    private readonly pictures: PicturePort | undefined,
    private readonly channels: KnownChannels | undefined,
  ) {
    this.at = job.checkpoint ?? FRESH;
  }

  async go(): Promise<JobEnd> {
    await this.recover();
    if (this.at.phase === 'write') return this.write();
    let source: ImportSource;
    try {
      source = await openSource(this.path, this.job.request);
    } catch (error) {
      if (error instanceof UnreadableFile) return this.unreadable(error);
      throw error;
    }
    try {
      this.totalBytes = source.totalBytes;
      if (this.at.phase === 'read') await this.read(source);
      if (this.at.direct) return { state: 'done', counts: this.at.counts, result: {} };
      return (await this.decide(source)) ?? (await this.write());
    } finally {
      await source.close?.();
    }
  }

  /** The staged rows are unlogged: after a crash of the database they are gone, and the file is read again from the start. */
  private async recover(): Promise<void> {
    const { counts, position } = this.at;
    if (position === 0 || counts.rows === counts.failed + counts.skipped) return;
    const { rows } = await this.pool.query('SELECT 1 FROM import_key WHERE job_id = $1 LIMIT 1', [this.job.id]);
    if (rows.length > 0) return;
    await this.step(async (client) => {
      await client.query('DELETE FROM import_row_result WHERE job_id = $1', [this.job.id]);
      return { ...FRESH, again: true };
    });
  }

  private async read(source: ImportSource): Promise<void> {
    if (this.at.position === 0) {
      const direct = await this.isDirect(source);
      const notes = source.notes.map((issue) => this.ofFile('warning', issue));
      await this.step((client) => this.noted(client, { ...this.at, direct }, notes));
    }
    for (let tries = 1; ; tries++) {
      try {
        await this.takeRest(source);
        break;
      } catch (error) {
        if (tries === MOST_TRIES || !OVERTAKEN.has(errorCode(error))) throw error;
      }
    }
    if (this.at.direct) return;
    await this.step(async (client) => {
      const { created, updated } = this.at.counts;
      if (created + updated > WORTH_ANALYSING) await client.query('ANALYZE import_staged');
      return { ...this.at, phase: 'decide' };
    });
  }

  /** While the database keeps one batch the next is read and compared; they are kept, and committed, in their order. */
  private async takeRest(source: ImportSource): Promise<void> {
    let last = Promise.resolve();
    try {
      for await (const batch of readBatches(source, this.at.position, this.job.signal)) {
        const before = last;
        // Parts of a set build on each other: what the batch before made must be seen.
        if (source.connected) await before;
        last = this.take(source, batch, before);
        last.catch(() => undefined);
        await before;
      }
      await last;
    } finally {
      await last.catch(() => undefined);
    }
  }

  private async take(source: ImportSource, batch: RowBatch, before: Promise<void>): Promise<void> {
    const { direct = false, again, sample } = this.at;
    this.at = await inTransaction(this.pool, async (client) => {
      let written: WrittenBatch | undefined;
      const keep = async (rows: readonly StagedRow[]): Promise<void> => {
        await before;
        if (direct) written = await writeProducts(this.writing(client), rows.map(asWanted));
        else await stageRows(client, this.job.id, rows);
      };
      const samples = direct ? 0 : SAMPLES - sample.length;
      const { mode, name } = this.job.request;
      const { pictures, channels } = this;
      const outcome = await takeBatch({ client, jobId: this.job.id, name, mode, source, trustPrints: again !== true, pictures, channels, samples, keep }, batch.rows);
      await before;
      const { at } = this;
      const broken = brokenRow(batch, at.position);
      const next = await this.noted(
        client,
        {
          ...at,
          position: batch.rows.at(-1)?.position ?? at.position,
          bytes: batch.rows.at(-1)?.bytes ?? at.bytes,
          counts: addCounts(at.counts, outcome.counts, written?.correction ?? {}, broken ? { rows: 1, failed: 1 } : {}),
          emptied: at.emptied + outcome.emptied,
          archived: at.archived + outcome.archived,
          sample: [...at.sample, ...outcome.sample].slice(0, SAMPLES),
        },
        [...outcome.notes, ...refusedNotes(written?.refused ?? []), ...(broken ? [broken] : [])],
      );
      await this.keepAt(client, next);
      return next;
    });
  }

  /** Undefined: the staged products may be written. */
  private async decide(source: ImportSource): Promise<JobEnd | undefined> {
    const { request, id } = this.job;
    if (request.policy === 'reject-all' && this.at.counts.failed > 0) return this.rejected();
    if (!request.accept && !request.dryRun) {
      const held = await whatToHold(this.pool, id, request.name, this.at, source);
      if (held) return { state: 'held', counts: this.at.counts, result: { held, sample: this.at.sample } };
    }
    await this.step(async (client) => {
      // In a rehearsal nothing is written, so two products of the file that want one barcode would not meet.
      const shared = request.dryRun ? await refuseSharedBarcodes(client, id) : undefined;
      const next = { ...this.at, phase: 'write' as const };
      return shared ? this.refusedRows(client, { ...next, counts: addCounts(next.counts, shared.correction) }, shared.refused) : next;
    });
    if (!request.dryRun) return undefined;
    const forecast = await whatToHold(this.pool, id, request.name, this.at, source);
    return this.write(forecast && { held: forecast });
  }

  private async write(more: object = {}): Promise<JobEnd> {
    const { policy, dryRun } = this.job.request;
    if (policy === 'reject-all' && !dryRun) {
      try {
        await this.step((client) => this.allAtOnce(client));
      } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        await this.step((client) => this.refusedRows(client, { ...this.at, counts: error.counts }, error.refused));
        return this.rejected();
      }
    } else {
      for (let products = -1; products !== 0;) {
        await this.step(async (client) => {
          const staged = await nextStaged(client, this.job.id, this.at.written);
          products = staged.length;
          const batch = dryRun ? await rehearse(client, staged) : await writeProducts(this.writing(client), staged);
          const next = { ...this.at, written: staged.at(-1)?.position ?? this.at.written, counts: addCounts(this.at.counts, batch.correction) };
          return this.refusedRows(client, next, batch.refused);
        });
      }
      if (policy === 'reject-all' && this.at.counts.failed > 0) return this.rejected();
    }
    return { state: 'done', counts: this.at.counts, result: dryRun ? { ...more, sample: this.at.sample } : more };
  }

  private async allAtOnce(client: PoolClient): Promise<ImportCheckpoint> {
    let next = this.at;
    const refused: Refused[number][] = [];
    for (;;) {
      this.job.signal.throwIfAborted();
      const staged = await nextStaged(client, this.job.id, next.written);
      const last = staged.at(-1);
      if (!last) break;
      const batch = await writeProducts(this.writing(client), staged);
      refused.push(...batch.refused);
      next = { ...next, written: last.position, counts: addCounts(next.counts, batch.correction) };
    }
    if (refused.length > 0) throw new Rejected(refused, next.counts);
    return next;
  }

  /** Rows may be written as they are read when nobody could want to look at the whole first. */
  private async isDirect(source: ImportSource): Promise<boolean> {
    const { policy, dryRun, accept, name } = this.job.request;
    if (policy === 'reject-all' || dryRun || source.connected) return false;
    return accept === true || nothingToHold(this.pool, name);
  }

  private writing(client: PoolClient) {
    const { id, author, request } = this.job;
    return { client, jobId: id, author, cause: { kind: 'import', file: request.name, job: id }, pictures: this.pictures } as const;
  }

  private rejected(): JobEnd {
    const { created, updated, skipped, ...counts } = this.at.counts;
    const failed = Math.max(counts.failed, 1);
    const refusal = issueOf('row', undefined, 'import-rejected', { failed });
    return {
      state: 'failed',
      counts: { ...counts, created: 0, updated: 0, skipped: skipped + created + updated },
      failure: `${refusal.reason}; ${refusal.remedy}`,
      result: { rejected: { code: refusal.code, params: { failed } }, ...(this.job.request.dryRun && { sample: this.at.sample }) },
    };
  }

  private async unreadable(error: UnreadableFile): Promise<JobEnd> {
    const { rows } = error;
    await this.step((client) => this.noted(client, { ...this.at, counts: addCounts(this.at.counts, { rows, failed: rows }) }, [this.ofFile('failed', error.issue)]));
    const { code, params } = error.issue;
    return { state: 'failed', counts: this.at.counts, failure: error.message, result: { unreadable: { code, params } } };
  }

  private ofFile(outcome: RowNote['outcome'], issue: ValidationIssue): RowNote {
    return { row: 0, place: this.job.request.name, outcome, issue };
  }

  private async refusedRows(client: PoolClient, next: ImportCheckpoint, refused: Refused): Promise<ImportCheckpoint> {
    return this.noted(client, next, refusedNotes(refused));
  }

  private async noted(client: PoolClient, next: ImportCheckpoint, notes: readonly RowNote[]): Promise<ImportCheckpoint> {
    await writeNotes(client, this.job.id, next.notes, notes);
    return { ...next, notes: next.notes + notes.length };
  }

  /** One transaction and its checkpoint. What another writer overtook is done once more. */
  private async step(work: (client: PoolClient) => Promise<ImportCheckpoint>): Promise<void> {
    const once = (): Promise<ImportCheckpoint> =>
      inTransaction(this.pool, async (client) => {
        const next = await work(client);
        await this.keepAt(client, next);
        return next;
      });
    this.at = await once().catch((error: unknown) => {
      if (OVERTAKEN.has(errorCode(error))) return once();
      throw error;
    });
  }

  private keepAt(client: PoolClient, at: ImportCheckpoint): Promise<void> {
    return this.job.save(client, at, this.progress(at), at.counts);
  }

  private progress({ phase, position, written, bytes, counts }: ImportCheckpoint): JobProgress {
    const total = this.totalBytes === undefined ? {} : { totalBytes: this.totalBytes };
    return phase === 'write' ? { phase, done: written, total: counts.rows, unit: 'rows' } : { phase, done: position, unit: 'rows', bytes, ...total };
  }
}

function refusedNotes(refused: Refused): RowNote[] {
  return refused.flatMap(({ sku, position, place, issues }) => issues.map((issue): RowNote => ({ row: position, place, sku, outcome: 'failed', issue })));
}

/** The row at which the source became unreadable counts as failed; what lies beyond it nobody knows. */
function brokenRow({ rows, broken }: RowBatch, before: number): RowNote | undefined {
  if (!broken) return undefined;
  const row = (rows.at(-1)?.position ?? before) + 1;
  return { row, place: broken.issue.value === NO_VALUE ? String(row) : broken.issue.value.replaceAll('"', ''), outcome: 'failed', issue: broken.issue };
}
