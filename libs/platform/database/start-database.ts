import type { AppConfig } from '../config/app-config.js';
import { type EmbeddedDatabase, findRunningEmbedded, startEmbedded } from '../embedded/embedded-database.js';
import { FatalStartError } from '../process/fatal-start-error.js';
import { checkExternalDatabase } from './external-database.js';

/** A database that answers. `url` holds the password: never to be logged. */
export interface DatabaseHandle {
  readonly url: string;
  readonly embedded: boolean;
  /** Stops what was started here; nothing for a database of somebody else. */
  stop(): Promise<void>;
}

export type DatabaseEvent = 'waiting' | 'ended' | 'restarted' | 'restart-failed';

const nothingToStop = (): Promise<void> => Promise.resolve();

/**
 * The database this process works on: that of DATABASE_URL, or the embedded one. A worker without DATABASE_URL joins the embedded
 * database that a hub on the same data folder runs.
 * @throws FatalStartError
 */
export async function startDatabase(config: AppConfig, onEvent?: (event: DatabaseEvent) => void): Promise<DatabaseHandle> {
  const { url, waitSeconds } = config.database;
  if (url !== undefined) {
    await checkExternalDatabase(url, waitSeconds, () => onEvent?.('waiting'));
    return { url, embedded: false, stop: nothingToStop };
  }
  if (config.role === 'worker') {
    const running = findRunningEmbedded(config.dataDir);
    if (running === undefined) {
      throw new FatalStartError('No database runs in this data folder for the worker to join.', 'Start the hub first (npm start), or set DATABASE_URL for all processes.', {
        told: { code: 'no-hub-to-join' },
      });
    }
    await checkExternalDatabase(running, waitSeconds, () => onEvent?.('waiting'));
    return { url: running, embedded: true, stop: nothingToStop };
  }
  const embedded: EmbeddedDatabase = await startEmbedded({ dataDir: config.dataDir, onEvent });
  return { url: embedded.url, embedded: true, stop: () => embedded.stop() };
}
