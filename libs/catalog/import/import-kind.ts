import type { Pool } from 'pg';
import type { JobEnd, JobKind, JobRun, JobState } from '../jobs/job.js';
import type { ImportCheckpoint, ImportRequest } from './import-request.js';
import { ImportRun } from './import-run.js';
import type { PicturePort } from './picture-port.js';

export interface ImportParts {
  readonly pool: Pool;
  /** Where the file of a request lies on this machine. */
  readonly pathOf: (request: ImportRequest) => string;
  readonly pictures?: PicturePort;
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
    const { pool, pathOf, pictures } = this.parts;
    await this.clearOld();
    return new ImportRun(pool, job, pathOf(job.request), pictures).go();
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
