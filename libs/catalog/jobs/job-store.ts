import type { Pool, PoolClient } from 'pg';
import type { StoredJob } from './job.js';

const JOB = `id, kind, author, state, request, progress, counts, result, failure, cancelling,
  created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;

/** Queues jobs, shows them, and takes what people decide about them. Any process may; the runners look into the table. */
export class JobStore {
  constructor(private readonly pool: Pool) {}

  /** Queues a job, in the caller's transaction when a client is given. Answers its id. */
  async enqueue(kind: string, author: string, request: object, client: Pool | PoolClient = this.pool): Promise<string> {
    const { rows } = await client.query<{ id: string }>('INSERT INTO catalog_job (kind, author, request) VALUES ($1, $2, $3) RETURNING id', [
      kind,
      author,
      JSON.stringify(request),
    ]);
    return rows[0]?.id ?? '';
  }

  async get(id: string): Promise<StoredJob | undefined> {
    const { rows } = await this.pool.query<StoredJob>(`SELECT ${JOB} FROM catalog_job WHERE id = $1`, [id]);
    return rows[0];
  }

  /** Jobs newest first, older than `before` when given; at most `limit`. */
  async list({ kind, before, limit }: { readonly kind?: string; readonly before?: string; readonly limit: number }): Promise<StoredJob[]> {
    const { rows } = await this.pool.query<StoredJob>(
      `SELECT ${JOB} FROM catalog_job WHERE ($1::text IS NULL OR kind = $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [kind ?? null, before ?? null, limit],
    );
    return rows;
  }

  /** A running job ends after its batch, a waiting one as soon as a runner looks. Answers the job as it stands now; undefined: there is none. */
  async cancel(id: string): Promise<StoredJob | undefined> {
    const { rows } = await this.pool.query<StoredJob>(
      `UPDATE catalog_job SET cancelling = true, state = CASE state WHEN 'held' THEN 'queued' ELSE state END
       WHERE id = $1 AND state IN ('queued', 'running', 'held') RETURNING ${JOB}`,
      [id],
    );
    return rows[0] ?? this.get(id);
  }

  /** Lets a held job go on from its checkpoint, with `more` merged into its request. Undefined when the job is not held. */
  async release(id: string, more: object): Promise<StoredJob | undefined> {
    const { rows } = await this.pool.query<StoredJob>(
      `UPDATE catalog_job SET state = 'queued', request = request || $2::jsonb, attempts = 0, finished_at = NULL WHERE id = $1 AND state = 'held' RETURNING ${JOB}`,
      [id, JSON.stringify(more)],
    );
    return rows[0];
  }
}
