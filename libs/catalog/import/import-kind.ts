import type { Pool } from 'pg';
import type { JobEnd, JobKind, JobRun, JobState } from '../jobs/job.js';
import { addCounts, type ImportCheckpoint, type ImportCounts, type ImportRequest } from './import-request.js';
import { ImportRun } from './import-run.js';
import type { KnownChannels } from '../document/known-channels.js';
import type { PicturePort } from './picture-port.js';

export interface ImportParts {
  readonly pool: Pool;
  /** Where the file of a request lies on this machine. */
  readonly pathOf: (request: ImportRequest) => string;
  readonly pictures?: PicturePort;
  /** Those that overrides may speak to; without the list any name is taken. */
  readonly channels?: KnownChannels;
  /** The file is not needed any more. */
  readonly release?: (request: ImportRequest) => Promise<void>;
}

/** The changes of a dry run can be looked at for a day. */
const KEPT = '1 day';

/** Imports of files into the catalog, as durable jobs. */
export class ImportKind implements JobKind<ImportRequest, ImportCheckpoint> {
  readonly kind = 'import';

  constructor(private readonly parts: ImportParts) {}

  async run(job: JobRun<ImportRequest, ImportCheckpoint>): Promise<JobEnd> {
    const { pool, pathOf, pictures, channels } = this.parts;
    await this.clearOld();
    return new ImportRun(pool, job, pathOf(job.request), pictures, channels).go();
  }

  /** While rows are only read and staged the counts say what they would do; those that were not written by then are skipped. */
  async countsAsStopped({ id, checkpoint }: { readonly id: string; readonly checkpoint: ImportCheckpoint }): Promise<ImportCounts> {
    const { counts, direct, phase, written } = checkpoint;
    if (direct) return counts;
    const left = phase === 'write' ? await this.stagedAfter(id, written) : counts;
    return addCounts(counts, { created: -left.created, updated: -left.updated, skipped: left.created + left.updated });
  }

  private async stagedAfter(id: string, position: number): Promise<Pick<ImportCounts, 'created' | 'updated'>> {
    const { rows } = await this.parts.pool.query<Pick<ImportCounts, 'created' | 'updated'>>(
      `SELECT coalesce(sum(created), 0)::integer AS created, coalesce(sum(updated), 0)::integer AS updated FROM import_staged WHERE job_id = $1 AND position > $2`,
      [id, position],
    );
    return rows[0] ?? { created: 0, updated: 0 };
  }

  async ended({ id, request, state }: { readonly id: string; readonly request: ImportRequest; readonly state: JobState }): Promise<void> {
    await this.parts.pool.query('DELETE FROM import_key WHERE job_id = $1', [id]);
    if (!request.dryRun || state === 'cancelled') await this.parts.pool.query('DELETE FROM import_staged WHERE job_id = $1', [id]);
    await this.parts.release?.(request);
  }

  private async clearOld(): Promise<void> {
    for (const table of ['import_staged', 'import_key']) {
      await this.parts.pool.query(
        `DELETE FROM ${table} WHERE job_id IN (SELECT id FROM catalog_job WHERE kind = 'import' AND state IN ('done', 'failed', 'cancelled') AND finished_at < now() - $1::interval)`,
        [KEPT],
      );
    }
  }
}
