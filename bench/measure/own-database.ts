import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destroyEmbedded, startEmbedded } from '#platform';
import { migrate } from '../../apps/hub/start/migrations.js';

export interface OwnDatabase {
  readonly url: string;
  /** A folder that goes with the database. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A migrated database on a server of its own, with shipped settings, deleted with all its files at the end. */
export async function openOwnDatabase(settings: Readonly<Record<string, string>> = {}): Promise<OwnDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'etalon-bench-'));
  const remove = async (): Promise<void> => {
    await destroyEmbedded(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const server = await startEmbedded({ dataDir: folder, settings });
    try {
      await migrate(server.url);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      url: server.url,
      folder,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
