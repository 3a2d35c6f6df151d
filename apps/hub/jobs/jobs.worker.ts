import { parentPort, workerData } from 'node:worker_threads';
import { type AppConfig, createLogger, knownSecrets } from '#platform';
import { runJobs } from './run-jobs.js';

/** What the thread is given: plain data, copied into it. */
export interface JobsData {
  readonly config: AppConfig;
  readonly databaseUrl: string;
}

const { config, databaseUrl } = workerData as JobsData;
const port = parentPort;
if (!port) throw new Error('jobs.worker runs in a worker thread');

knownSecrets.add(config.secrets.key, config.secrets.adminPassword);
const jobs = runJobs({ config, databaseUrl, logger: createLogger({ level: config.log.level, name: 'jobs' }) });
port.once('message', () => void jobs.stop().finally(() => process.exit(0)));
