import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../logging/logger.js';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorText } from '../process/system-error.js';
import { redactText } from '../secrets/redact.js';
import { assertPoolFits, type BareProcessor, type BareQueue, type BareWorker, openPostgresBackend, openRedisBackend, type QueueBackend } from './backend.js';
import type { JobPayload, JobProcessor, NudgeOptions, QueueDepth, QueueReadiness, WorkerSettings } from './queue-types.js';
import { storableError, storableText } from './safe-text.js';

export interface QueueHubOptions {
  /** Database the jobs live in unless `redisUrl` is given. */
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly poolMax: number;
  readonly logger: Logger;
  /** How often the hub checks itself with a canary job, ms; default 15 000, 0 never. */
  readonly checkEveryMs?: number;
}

interface Definition {
  readonly processor: JobProcessor;
  readonly concurrency: number;
}

/** Everything built over one backend; replaced as a whole. */
interface Generation {
  readonly backend: QueueBackend;
  readonly queues: Map<string, BareQueue>;
  readonly workers: BareWorker[];
}

const CANARY_MS = 5_000;
const NUDGE_MS = 500;
const CLOSE_MS = 8_000;
const ERROR_LOG_EVERY_MS = 5_000;
const STATES = ['waiting', 'active', 'delayed', 'prioritized', 'failed'] as const;

/**
 * Wakes loops up, nothing more: all state is in the database's own tables, so a nudge that is lost costs time, never an edit.
 * Queues and workers are built only over a backend that answers; when a canary job does not come back they are built anew.
 */
export class QueueHub {
  readonly #options: QueueHubOptions;
  readonly #definitions = new Map<string, Definition>();
  readonly #canaryName = `canary-${randomBytes(6).toString('hex')}`;
  readonly #arrivals = new Map<string, () => void>();
  readonly #lastErrorAt = new Map<string, number>();
  readonly #stopping = new AbortController();
  #generation: Generation | undefined;
  #rebuilding: Promise<void> | undefined;
  #watch: Promise<void> = Promise.resolve();

  constructor(options: QueueHubOptions) {
    this.#options = options;
    this.worker(this.#canaryName, (payload) => Promise.resolve(this.#arrivals.get(String(payload['canary']))?.()));
  }

  /** Announces who works on a queue in this process; before `start`. */
  worker(queue: string, processor: JobProcessor, settings: WorkerSettings = {}): void {
    if (this.#generation) throw new Error('Workers are announced before the queue starts');
    if (this.#definitions.has(queue)) throw new Error(`Queue ${queue} has a worker already`);
    this.#definitions.set(queue, { processor, concurrency: settings.concurrency ?? 1 });
  }

  /** Builds everything and proves it with one canary job. @throws FatalStartError */
  async start(): Promise<void> {
    assertPoolFits(this.#options.poolMax, this.#definitions.size);
    try {
      await this.#build();
    } catch (error) {
      if (error instanceof FatalStartError) throw error;
      const reason = redactText(errorText(error)).replace(/\.+$/, '');
      throw this.#options.redisUrl === undefined
        ? new FatalStartError(`The job queue in the database did not answer: ${reason}.`, 'Check DATABASE_URL.', {
            cause: error,
            told: { code: 'queue-silent', params: { reason } },
          })
        : new FatalStartError(`The job queue in the server of REDIS_URL did not answer: ${reason}.`, 'Start that server or correct REDIS_URL.', {
            cause: error,
            told: { code: 'redis-silent', params: { reason } },
          });
    }
    const every = this.#options.checkEveryMs ?? 15_000;
    if (every > 0) this.#watch = this.#keepWatch(every);
  }

  /**
   * Asks for a look at what the payload names. While a job with the same `dedupId` waits, nothing is added; while it runs, one more look follows it.
   * Never takes longer than half a second and never throws: false says that nobody was woken, and the loops' own ticks will do.
   */
  async nudge(queue: string, jobName: string, payload: JobPayload, dedupId: string, options: NudgeOptions = {}): Promise<boolean> {
    const generation = this.#generation;
    if (!generation || this.#stopping.signal.aborted) return false;
    const adding = this.#queueOf(generation, queue)
      .add(jobName, cleanPayload(payload), {
        deduplication: { id: storableText(dedupId), keepLastIfActive: true },
        removeOnComplete: true,
        attempts: 1,
        ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
        ...(options.priority === undefined ? {} : { priority: options.priority }),
      })
      .then(() => true)
      .catch((error: unknown) => this.#logError(`nudge:${queue}`, error));
    return within(adding, NUDGE_MS, false);
  }

  /** Jobs of a queue by state; undefined while the backend is down. */
  async depth(queue: string): Promise<QueueDepth | undefined> {
    const generation = this.#generation;
    if (!generation) return undefined;
    const counting = this.#queueOf(generation, queue)
      .getJobCounts(...STATES)
      .then((counts): QueueDepth => ({
        waiting: counts['waiting'] ?? 0,
        active: counts['active'] ?? 0,
        delayed: counts['delayed'] ?? 0,
        prioritized: counts['prioritized'] ?? 0,
        failed: counts['failed'] ?? 0,
      }))
      .catch((error: unknown) => {
        this.#logError(`depth:${queue}`, error);
        return undefined;
      });
    return within(counting, 2_000, undefined);
  }

  /** Sends a canary job through this process's own worker. A failure starts rebuilding in the background. */
  async readiness(): Promise<QueueReadiness> {
    const generation = this.#generation;
    if (!generation) return { ready: false, reason: 'the queue is being connected' };
    const started = Date.now();
    if (await this.#canary(generation)) return { ready: true, roundTripMs: Date.now() - started };
    if (generation === this.#generation) this.#rebuild();
    return { ready: false, reason: `a canary job did not come back within ${CANARY_MS} ms` };
  }

  /** Takes no new jobs, waits up to 8 seconds for running ones, closes all connections. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watch;
    await this.#rebuilding;
    const generation = this.#generation;
    this.#generation = undefined;
    if (!generation) return;
    const canary = this.#queueOf(generation, this.#canaryName);
    await within(Promise.all(generation.workers.map((worker) => worker.close())), CLOSE_MS, undefined);
    await within(
      canary.obliterate({ force: true }).catch((error: unknown) => this.#logError('canary', error)),
      1_000,
      undefined,
    );
    await this.#discard(generation);
  }

  async #build(): Promise<void> {
    const { databaseUrl, redisUrl, poolMax } = this.#options;
    const backend = redisUrl === undefined ? await openPostgresBackend(databaseUrl, poolMax, (error) => this.#logError('pool', error)) : await openRedisBackend(redisUrl);
    const generation: Generation = { backend, queues: new Map(), workers: [] };
    try {
      await backend.ping();
      for (const [name, { processor, concurrency }] of this.#definitions) {
        const worker = backend.worker(name, this.#wrap(name, processor), concurrency);
        worker.on('error', (error) => this.#logError(`worker:${name}`, error));
        generation.workers.push(worker);
      }
      if (!(await this.#canary(generation))) throw new Error(`a canary job did not come back within ${CANARY_MS} ms`);
    } catch (error) {
      await this.#discard(generation);
      throw error;
    }
    this.#generation = generation;
  }

  #wrap(queue: string, processor: JobProcessor): BareProcessor {
    return async (job) => {
      try {
        await processor(cleanPayload(job.data), { jobId: String(job.id), jobName: job.name, stalledBefore: job.stalledCounter ?? 0 });
      } catch (error) {
        const text = storableError(redactText(errorText(error)));
        this.#options.logger.warn({ queue, job: job.name, err: error }, `A job failed: ${text}`);
        const kept = new Error(text);
        kept.stack = text;
        throw kept;
      }
    };
  }

  #queueOf(generation: Generation, name: string): BareQueue {
    const existing = generation.queues.get(name);
    if (existing) return existing;
    const queue = generation.backend.queue(name);
    queue.on('error', (error) => this.#logError(`queue:${name}`, error));
    generation.queues.set(name, queue);
    return queue;
  }

  async #canary(generation: Generation): Promise<boolean> {
    const token = randomBytes(8).toString('hex');
    const arrived = new Promise<boolean>((resolve) => this.#arrivals.set(token, () => resolve(true)));
    const sent = this.#queueOf(generation, this.#canaryName)
      .add('canary', { canary: token }, { removeOnComplete: true, removeOnFail: true })
      .then(() => arrived)
      .catch((error: unknown) => this.#logError('canary', error));
    try {
      return await within(sent, CANARY_MS, false);
    } finally {
      this.#arrivals.delete(token);
    }
  }

  async #keepWatch(every: number): Promise<void> {
    for (;;) {
      await pause(every, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return;
      await this.readiness();
    }
  }

  #rebuild(): void {
    this.#rebuilding ??= this.#rebuildUntilItWorks().finally(() => {
      this.#rebuilding = undefined;
    });
  }

  async #rebuildUntilItWorks(): Promise<void> {
    const dead = this.#generation;
    this.#generation = undefined;
    if (dead) await this.#discard(dead);
    while (!this.#stopping.signal.aborted && !this.#generation) {
      try {
        await this.#build();
        this.#options.logger.info('The job queue is connected again');
      } catch (error) {
        this.#logError('rebuild', error);
        await pause(1_000, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Connections to a dead server may never answer a polite good-bye. */
  async #discard(generation: Generation): Promise<void> {
    const closing = [...generation.workers.map((worker) => worker.close(true)), ...[...generation.queues.values()].map((queue) => queue.close())];
    await within(Promise.allSettled(closing), 3_000, undefined);
    await within(
      generation.backend.close().catch((error: unknown) => this.#logError('close', error)),
      3_000,
      undefined,
    );
  }

  /** A backend that is down reports the same error many times a second. */
  #logError(source: string, error: unknown): false {
    const now = Date.now();
    if (now - (this.#lastErrorAt.get(source) ?? 0) >= ERROR_LOG_EVERY_MS && !this.#stopping.signal.aborted) {
      this.#lastErrorAt.set(source, now);
      this.#options.logger.warn({ source }, `Job queue: ${storableError(redactText(errorText(error)))}`);
    }
    return false;
  }
}

function cleanPayload(data: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const clean: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'string') clean[storableText(key)] = storableText(value);
    else if (typeof value === 'number' || typeof value === 'boolean') clean[storableText(key)] = value;
  }
  return clean;
}

async function within<T>(work: Promise<T>, ms: number, otherwise: T): Promise<T> {
  const over = new AbortController();
  const timeout = pause(ms, otherwise, { signal: over.signal, ref: false }).catch(() => otherwise);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    over.abort();
  }
}
