import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '#platform';
import type { JobsData } from './jobs.worker.js';
import type { JobsHandle, JobsOptions } from './run-jobs.js';

const RESTART_MS = 1_000;
/** A batch that takes longer to finish is dropped; it is done again from its checkpoint. */
const STOP_MS = 5_000;

/** The jobs of the catalog in a thread of their own: a file of half a million rows must not make a request wait. A thread that dies is started again. */
export function startJobs({ config, databaseUrl, logger }: JobsOptions): Promise<JobsHandle> {
  const workerData: JobsData = { config: structuredClone({ ...config }), databaseUrl };
  let stopping = false;
  let worker = begin();

  function begin(): Worker {
    const started = new Worker(workerEntry('apps/hub/jobs/jobs.worker.js'), { workerData, name: 'jobs' });
    started.on('error', (error) => logger.error({ err: error }, 'the jobs of the catalog broke'));
    started.on('exit', () => {
      if (stopping) return;
      logger.warn({}, 'the jobs of the catalog are started again');
      setTimeout(() => {
        if (!stopping) worker = begin();
      }, RESTART_MS);
    });
    return started;
  }

  return Promise.resolve({
    stop: async () => {
      stopping = true;
      if (worker.threadId === -1) return;
      const ended = once(worker, 'exit');
      worker.postMessage('stop');
      const hard = setTimeout(() => void worker.terminate(), STOP_MS);
      await ended;
      clearTimeout(hard);
    },
  });
}
