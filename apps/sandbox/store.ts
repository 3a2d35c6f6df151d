import { open, type Database, type RootDatabase } from 'lmdb';

export type TableName = 'cards' | 'tasks' | 'ledger' | 'injections' | 'links' | 'pictures' | 'meta';
const TABLES: TableName[] = ['cards', 'tasks', 'ledger', 'injections', 'links', 'pictures', 'meta'];

/**
 * Write-through persistence. Writes of one event turn land in one transaction; `flush` resolves once every earlier
 * write would survive a kill of the process (not a power cut: the files are not synced to the platter).
 */
export class Store {
  private readonly root: RootDatabase;
  private readonly tables = new Map<TableName, Database>();
  private dirty = false;

  constructor(dir: string) {
    this.root = open({ path: `${dir}/state`, maxDbs: TABLES.length + 2, noSync: true, compression: false });
    for (const name of TABLES) this.tables.set(name, this.root.openDB({ name, encoding: 'msgpack' }));
  }

  put(table: TableName, key: string | number, value: unknown): void {
    this.dirty = true;
    void this.table(table).put(key, value);
  }

  remove(table: TableName, key: string | number): void {
    this.dirty = true;
    void this.table(table).remove(key);
  }

  get<T>(table: TableName, key: string | number): T | undefined {
    return this.table(table).get(key) as T | undefined;
  }

  *all<T>(table: TableName): Iterable<T> {
    for (const { value } of this.table(table).getRange({})) yield value as T;
  }

  async clear(): Promise<void> {
    for (const name of TABLES) await this.table(name).clearAsync();
  }

  async flush(): Promise<void> {
    if (!this.dirty) return;
    this.dirty = false;
    await this.root.committed;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.root.close();
  }

  private table(name: TableName): Database {
    const table = this.tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    return table;
  }
}
