/** What a job carries: names of things to look at, never their state. */
export type JobPayload = Readonly<Record<string, string | number | boolean>>;

export interface JobContext {
  readonly jobId: string;
  readonly jobName: string;
  /** Earlier runs of this very job that did not end. */
  readonly stalledBefore: number;
}

/** Looks at what the payload names. What it returns is dropped; what it throws is logged and kept with the job, cut and cleaned. */
export type JobProcessor = (payload: JobPayload, context: JobContext) => Promise<unknown>;

export interface WorkerSettings {
  /** Jobs at once in this process; default 1. */
  readonly concurrency?: number;
}

export interface NudgeOptions {
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number;
  /** 1 goes first; absent goes before all numbered ones. */
  readonly priority?: number;
}

/** Jobs of one queue by state. */
export type QueueDepth = Readonly<Record<'waiting' | 'active' | 'delayed' | 'prioritized' | 'failed', number>>;

export interface QueueReadiness {
  readonly ready: boolean;
  /** How long the canary job took, ms, when it came back. */
  readonly roundTripMs?: number;
  readonly reason?: string;
}
