import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';

const TABLES = 4;

/** Tables on disk for one reading, so that memory does not grow with a file; gone when closed. */
export class ScratchTables {
  private constructor(
    private readonly folder: string,
    readonly root: RootDatabase,
  ) {}

  static async open(): Promise<ScratchTables> {
    const folder = await mkdtemp(join(tmpdir(), 'etalon-scratch-'));
    return new ScratchTables(folder, open({ path: join(folder, 'tables'), maxDbs: TABLES, noSync: true, compression: true }));
  }

  table<Value>(name: string): Database<Value, string> {
    return this.root.openDB<Value, string>({ name });
  }

  async close(): Promise<void> {
    await this.root.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
