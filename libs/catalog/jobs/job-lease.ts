import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { JobCancelled, type JobCounts, type JobEnd, JobLost, type JobProgress, type JobRun, type JobState } from './job.js';

const LEASE_S = 15;
const RENEW_MS = 4_000;
/** Claims without one checkpoint in between: a job that ends its process this often is not tried again. */
const MOST_ATTEMPTS = 5;

export interface ClaimedJob {
  readonly id: string;
  readonly kind: string;
  readonly author: string;
  readonly request: unknown;
  readonly checkpoint: unknown;
  readonly attempts: number;
  /** Cancelled while it waited. */
  readonly cancelling: boolean;
  readonly lease: string;
}

/** Takes the oldest job of these kinds that is queued, or whose runner fell silent. Two runners never get the same one. */
export async function claimJob(pool: Pool, kinds: readonly string[]): Promise<ClaimedJob | undefined> {
  const { rows } = await pool.query<ClaimedJob>({
    name: 'catalog-claim-job',
    text: `UPDATE catalog_job SET state = 'running', lease = $2, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1, started_at = coalesce(started_at, now())
           WHERE id = (SELECT id FROM catalog_job WHERE kind = ANY ($1) AND (state = 'queued' OR (state = 'running' AND lease_until < now()))
                       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING id, kind, author, request, checkpoint, attempts, cancelling, lease`,
    values: [kinds, randomUUID(), LEASE_S],
  });
  return rows[0];
}

/** What the job saved last; undefined when it never came that far. */
export async function lastCheckpoint(pool: Pool, id: string): Promise<unknown> {
  const { rows } = await pool.query<{ checkpoint: unknown }>('SELECT checkpoint FROM catalog_job WHERE id = $1', [id]);
  return rows[0]?.checkpoint ?? undefined;
}

/** The hold of one runner on one job: kept up while the work runs, and the fence of everything it writes. */
export class JobLease {
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #renewedAt = performance.now();

  constructor(
    private readonly pool: Pool,
    readonly job: ClaimedJob,
  ) {}

  get givenUp(): boolean {
    return this.job.attempts > MOST_ATTEMPTS;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  asRun(): JobRun<unknown, unknown> {
    const { id, author, request, checkpoint } = this.job;
    return { id, author, request, checkpoint: checkpoint ?? undefined, signal: this.signal, save: (...given) => this.save(...given) };
  }

  keepUp(): void {
    this.#timer = setInterval(() => void this.renew(), RENEW_MS);
  }

  stop(why: Error): void {
    this.#abort.abort(why);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  private async save(client: PoolClient, checkpoint: unknown, progress: JobProgress, counts?: JobCounts): Promise<void> {
    this.signal.throwIfAborted();
    const { rows } = await client.query<{ cancelling: boolean }>({
      name: 'catalog-save-job',
      text: `UPDATE catalog_job SET checkpoint = $3, progress = $4, counts = coalesce($5, counts), attempts = 0, lease_until = now() + make_interval(secs => $6)
             WHERE id = $1 AND lease = $2 AND state = 'running' RETURNING cancelling`,
      values: [this.job.id, this.job.lease, JSON.stringify(checkpoint), JSON.stringify(progress), counts ? JSON.stringify(counts) : null, LEASE_S],
    });
    this.heed(rows[0]);
    this.signal.throwIfAborted();
  }

  /** Writes the end down, unless the job is another runner's by now. */
  async finish(end: JobEnd | { readonly state: Extract<JobState, 'cancelled'>; readonly counts?: JobCounts }): Promise<void> {
    const { counts, result, failure } = { counts: undefined, result: undefined, failure: undefined, ...end };
    await this.pool.query(
      `UPDATE catalog_job SET state = $3, counts = coalesce($4, counts), result = coalesce($5, result), failure = $6, lease = NULL, lease_until = NULL,
         finished_at = now()
       WHERE id = $1 AND lease = $2`,
      [this.job.id, this.job.lease, end.state, counts ? JSON.stringify(counts) : null, result ? JSON.stringify(result) : null, failure?.slice(0, 2000) ?? null],
    );
  }

  /** Lets another run go on from the checkpoint. A run that was only interrupted does not count as an attempt. */
  async handBack(interrupted: boolean): Promise<void> {
    await this.pool.query(
      `UPDATE catalog_job SET state = 'queued', lease = NULL, lease_until = NULL, attempts = greatest(0, attempts - $3::integer) WHERE id = $1 AND lease = $2`,
      [this.job.id, this.job.lease, interrupted ? 1 : 0],
    );
  }

  private async renew(): Promise<void> {
    try {
      const { rows } = await this.pool.query<{ cancelling: boolean }>(
        `UPDATE catalog_job SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND lease = $2 AND state = 'running' RETURNING cancelling`,
        [this.job.id, this.job.lease, LEASE_S],
      );
      this.#renewedAt = performance.now();
      this.heed(rows[0]);
    } catch {
      // The database is away for a moment; what counts is whether the lease can still be ours.
      if (performance.now() - this.#renewedAt > LEASE_S * 1000) this.stop(new JobLost('its lease could not be renewed'));
    }
  }

  private heed(row: { readonly cancelling: boolean } | undefined): void {
    if (!row) this.stop(new JobLost('its lease was taken over'));
    else if (row.cancelling) this.stop(new JobCancelled());
  }
}
