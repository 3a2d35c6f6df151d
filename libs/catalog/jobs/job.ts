import type { PoolClient } from 'pg';

export type JobState = 'queued' | 'running' | 'held' | 'done' | 'failed' | 'cancelled';

/** How far a job is. `done` and `total` count `unit`s; `total` is absent while it is not known. */
export interface JobProgress {
  /** The stage the job is in, a stable word of its kind ("read", "write"). */
  readonly phase?: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'rows' | 'products' | 'bytes' | 'pictures';
  readonly bytes?: number;
  readonly totalBytes?: number;
}

export type JobCounts = Readonly<Record<string, number>>;

/** What a job leaves behind. `held`: it waits for a person and goes on from its checkpoint when accepted. */
export interface JobEnd {
  readonly state: 'done' | 'held' | 'failed';
  readonly counts?: JobCounts;
  /** For showing: JSON, small. */
  readonly result?: object;
  /** Why it failed, in one sentence with the remedy. */
  readonly failure?: string;
}

/** One claimed run of a job, fenced by its lease. */
export interface JobRun<Request, Checkpoint> {
  readonly id: string;
  readonly author: string;
  readonly request: Request;
  /** What the last `save` kept; undefined on the first run. */
  readonly checkpoint: Checkpoint | undefined;
  /** Aborted when the job is cancelled, its lease is lost or the process stops. Look at it between batches. */
  readonly signal: AbortSignal;
  /**
   * Keeps how far the job is, in the transaction of the batch that got it there: batch and checkpoint stand or fall together.
   * @throws JobCancelled when a person cancelled it, JobLost when another runner took it over or this one stops
   */
  save(client: PoolClient, checkpoint: Checkpoint, progress: JobProgress, counts?: JobCounts): Promise<void>;
}

/** What can be done as a job. `run` may be called again after a crash and goes on from `checkpoint`. */
export interface JobKind<Request = unknown, Checkpoint = unknown> {
  readonly kind: string;
  run(job: JobRun<Request, Checkpoint>): Promise<JobEnd>;
  /** What a job that is stopped halfway really did, by its last checkpoint; asked before its end is written down. */
  countsAsStopped?(job: { readonly id: string; readonly checkpoint: Checkpoint }): Promise<JobCounts>;
  /** Told when a job of this kind came to its end and will never run again: files and staged rows may go. */
  ended?(job: { readonly id: string; readonly request: Request; readonly state: JobState }): Promise<void>;
}

export interface StoredJob {
  readonly id: string;
  readonly kind: string;
  readonly author: string;
  readonly state: JobState;
  readonly request: unknown;
  readonly progress: JobProgress | null;
  readonly counts: JobCounts;
  readonly result: unknown;
  readonly failure: string | null;
  /** A person asked for its end; it stops after the batch under way. */
  readonly cancelling: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
  constructor() {
    super('The job was cancelled');
  }
}

/** This run is not the job's any more: its lease ran out and another took over, or the process stops. */
export class JobLost extends Error {
  override readonly name = 'JobLost';
  constructor(why: string) {
    super(`The job goes on elsewhere: ${why}`);
  }
}
