import { JobRunner } from '#catalog';
import { type AppConfig, createPool, type Logger } from '#platform';
import { jobKinds } from './job-kinds.js';

export interface JobsOptions {
  readonly config: AppConfig;
  readonly databaseUrl: string;
  readonly logger: Logger;
}

export interface JobsHandle {
  stop(): Promise<void>;
}

/** Does the jobs of the catalog in this thread until it is stopped. */
export function runJobs({ config, databaseUrl, logger }: JobsOptions): JobsHandle {
  const pool = createPool(databaseUrl, {
    max: 10,
    applicationName: 'etalon-jobs',
    onIdleError: (error) => logger.warn({ reason: error.message }, 'a database connection broke'),
  });
  const { kinds, tidy, stop } = jobKinds(pool, config);
  const runner = new JobRunner({ pool, kinds, concurrency: 3, onFault: (error, what) => logger.error({ err: error }, what) });
  runner.start();
  const tidied = tidy().catch((error: unknown) => logger.warn({ err: error }, 'old uploads were left behind'));
  return {
    stop: async () => {
      await runner.stop();
      await tidied;
      stop();
      await pool.end();
    },
  };
}
