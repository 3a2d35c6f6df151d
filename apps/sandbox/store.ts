import { open, type Database, type RootDatabase } from 'lmdb';

/** The tables every market has. */
const TABLES = ['cards', 'tasks', 'ledger', 'injections', 'links', 'pictures', 'meta'];
const MOST_TABLES = 256;

/**
 * The one folder of the process. Writes of one event turn land in one transaction; `flush` resolves once every earlier
 * write would survive a kill of the process (not a power cut: the files are not synced to the platter).
 */
export class StateFolder {
  private readonly root: RootDatabase;
  private committing: Promise<unknown> = Promise.resolve();
  private dirty = false;

  constructor(dir: string) {
    this.root = open({ path: `${dir}/state`, maxDbs: MOST_TABLES, noSync: true, compression: false });
  }

  /** Tables of one owner, apart from every other's: those all have, and `more`. An empty `owner` has them unprefixed. */
  room(owner: string, more: readonly string[] = []): Store {
    const named = [...TABLES, ...more].map((name): [string, Database] => [name, this.root.openDB({ name: owner === '' ? name : `${owner}/${name}`, encoding: 'msgpack' })]);
    return new Store(new Map(named), this);
  }

  touched(): void {
    this.dirty = true;
  }

  async flush(): Promise<void> {
    if (this.dirty) {
      this.dirty = false;
      this.committing = this.root.committed;
    }
    await this.committing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.root.close();
  }
}

/** Write-through persistence of one market. */
export class Store {
  constructor(
    private readonly tables: ReadonlyMap<string, Database>,
    private readonly folder: StateFolder,
  ) {}

  put(table: string, key: string | number, value: unknown): void {
    this.folder.touched();
    void this.table(table).put(key, value);
  }

  remove(table: string, key: string | number): void {
    this.folder.touched();
    void this.table(table).remove(key);
  }

  get<T>(table: string, key: string | number): T | undefined {
    return this.table(table).get(key) as T | undefined;
  }

  *all<T>(table: string): Iterable<T> {
    for (const { value } of this.table(table).getRange({})) yield value as T;
  }

  async clear(): Promise<void> {
    for (const table of this.tables.values()) await table.clearAsync();
  }

  flush(): Promise<void> {
    return this.folder.flush();
  }

  private table(name: string): Database {
    const table = this.tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    return table;
  }
}
