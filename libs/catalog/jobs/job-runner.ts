import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { errorCode, errorText } from '#platform';
import { claimJob, type ClaimedJob, JobLease, lastCheckpoint } from './job-lease.js';
import { JobCancelled, type JobCounts, type JobEnd, type JobKind, JobLost, type JobState } from './job.js';

const LOOK_MS = 100;
const AFTER_FAULT_MS = 2_000;

export interface JobRunnerOptions {
  readonly pool: Pool;
  readonly kinds: readonly JobKind[];
  /** Jobs at once in this process; default 2, so that a short one need not wait for a long one. */
  readonly concurrency?: number;
  readonly onFault?: (error: unknown, what: string) => void;
}

/** Does the jobs of the table, as many at once as told, until it is stopped. Any number of runners may share one table. */
export class JobRunner {
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #running = new Set<JobLease>();
  #loops: Promise<void>[] = [];
  readonly #stop = new AbortController();

  constructor(private readonly options: JobRunnerOptions) {
    this.#kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
  }

  start(): void {
    this.#loops = Array.from({ length: this.options.concurrency ?? 2 }, () => this.loop());
  }

  /** Running jobs stop after their batch and are handed back, to go on from their checkpoint elsewhere or at the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const lease of this.#running) lease.stop(new JobLost('this process stops'));
    await Promise.all(this.#loops);
  }

  private async loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let wait = LOOK_MS;
      try {
        const job = await claimJob(this.options.pool, [...this.#kinds.keys()]);
        if (job) {
          await this.carryOut(job);
          wait = 0;
        }
      } catch (error) {
        this.options.onFault?.(error, 'the jobs of the catalog could not be looked at');
        wait = AFTER_FAULT_MS;
      }
      if (wait > 0) await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  private async carryOut(job: ClaimedJob): Promise<void> {
    const kind = this.#kinds.get(job.kind);
    if (!kind) return;
    const lease = new JobLease(this.options.pool, job);
    this.#running.add(lease);
    if (this.#stop.signal.aborted) lease.stop(new JobLost('this process stops'));
    lease.keepUp();
    try {
      const end = await this.outcome(kind, lease);
      if (end === undefined) return await lease.handBack(lease.signal.aborted);
      await lease.finish({ ...end, ...(await this.countsAsStopped(kind, job.id, end)) });
      if (end.state !== 'held') await kind.ended?.({ id: job.id, request: job.request, state: end.state });
    } finally {
      lease.end();
      this.#running.delete(lease);
    }
  }

  /** A job that ended by itself counts what it did; for one that was stopped its kind does. */
  private async countsAsStopped(kind: JobKind, id: string, end: { readonly state: JobState; readonly counts?: JobCounts }): Promise<{ counts?: JobCounts }> {
    if (end.counts || end.state === 'done' || !kind.countsAsStopped) return {};
    const checkpoint = await lastCheckpoint(this.options.pool, id);
    return checkpoint === undefined ? {} : { counts: await kind.countsAsStopped({ id, checkpoint }) };
  }

  /** Undefined: another run goes on with it. */
  private async outcome(kind: JobKind, lease: JobLease): Promise<JobEnd | { readonly state: 'cancelled'; readonly counts?: undefined } | undefined> {
    if (lease.job.cancelling) return { state: 'cancelled' };
    if (lease.givenUp) return { state: 'failed', failure: 'The job ended its process several times without getting on; look into the log, then start it again.' };
    try {
      return await kind.run(lease.asRun());
    } catch (error) {
      const reason: unknown = lease.signal.aborted ? lease.signal.reason : error;
      if (reason instanceof JobCancelled) return { state: 'cancelled' };
      if (reason instanceof JobLost) return undefined;
      this.options.onFault?.(error, `a job of kind ${kind.kind} broke`);
      if (isPassing(error)) {
        await pause(AFTER_FAULT_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        return undefined;
      }
      return { state: 'failed', failure: errorText(error) };
    }
  }
}

/** The database was away or two writers met: the same work succeeds when it is done again. */
function isPassing(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return (
    /^(08|57P|40|53)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(errorText(error))
  );
}
