import type { Pool, PoolClient } from 'pg';
import type { HeadFile } from './head-file.js';
import type { KeptHead } from './verify-evidence.js';

/** The database contradicts a head that was kept: it was cut, rewritten, or restored from an older backup. */
export interface HeadConflict {
  readonly accountId: string;
  readonly kept: KeptHead;
  /** What the database has at its end; absent when it knows nothing of the account any more. */
  readonly found?: KeptHead;
}

export interface HeadKeeping {
  readonly written: boolean;
  readonly conflicts: readonly HeadConflict[];
}

/** Of all processes on one database only one writes the file at a time. */
export const KEEP_LOCK = 4_972_610_532;

const HEADS = `
  SELECT coalesce(h.account_id, k.account_id) AS "accountId", h.seq, encode(h.hash, 'hex') AS hash,
    k.seq IS NULL OR EXISTS (SELECT 1 FROM evidence e WHERE e.account_id = k.account_id AND e.seq = k.seq AND e.hash = decode(k.hash, 'hex')) AS "continues"
  FROM evidence_head h FULL JOIN unnest($1::bigint[], $2::bigint[], $3::text[]) AS k (account_id, seq, hash) ON k.account_id = h.account_id`;

interface HeadRow {
  readonly accountId: string;
  readonly seq: string | null;
  readonly hash: string | null;
  readonly continues: boolean;
}

/** Heads that may be kept now, and those that the database contradicts. */
export async function compareHeads(client: PoolClient | Pool, kept: ReadonlyMap<string, KeptHead>): Promise<{ newer: Map<string, KeptHead>; conflicts: HeadConflict[] }> {
  const entries = [...kept];
  const { rows } = await client.query<HeadRow>(HEADS, [entries.map(([id]) => id), entries.map(([, head]) => head.seq), entries.map(([, head]) => head.hash)]);
  const newer = new Map<string, KeptHead>();
  const conflicts: HeadConflict[] = [];
  for (const row of rows) {
    const before = kept.get(row.accountId);
    const found = row.seq === null || row.hash === null ? undefined : { seq: row.seq, hash: row.hash };
    if (before !== undefined && !row.continues) conflicts.push({ accountId: row.accountId, kept: before, ...(found === undefined ? {} : { found }) });
    else if (found !== undefined) newer.set(row.accountId, found);
  }
  return { newer, conflicts };
}

/**
 * Brings the head file up to what is committed. A head moves only to one whose chain contains it; where the database contradicts
 * the file, the file stands and the conflict is returned.
 * @throws HeadFileUnreadable
 */
export async function keepHeads(pool: Pool, file: HeadFile): Promise<HeadKeeping> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1::bigint) AS locked', [KEEP_LOCK]);
    if (rows[0]?.locked !== true) return { written: false, conflicts: [] };
    const { newer, conflicts } = await compareHeads(client, await file.heads());
    return { written: await file.keep(newer), conflicts };
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}

export interface HeadKeeperOptions {
  /** Wall milliseconds between two looks; default one second. */
  readonly everyMs?: number;
  /** Told of each conflict once, until the kept head changes. */
  readonly onConflict: (conflict: HeadConflict) => void;
  readonly onError: (error: unknown) => void;
}

/** Keeps the head file fresh while the process runs; never keeps the process alive. */
export class HeadKeeper {
  readonly #told = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly file: HeadFile,
    private readonly options: HeadKeeperOptions,
  ) {
    this.#next();
  }

  /** Keeps what was committed until now, and ends. */
  async close(): Promise<void> {
    if (this.#closed) return this.#round;
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#round;
    this.#round = this.#look();
    await this.#round;
  }

  #next(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#look().then(() => this.#next());
    }, this.options.everyMs ?? 1_000);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      const { conflicts } = await keepHeads(this.pool, this.file);
      for (const conflict of conflicts) {
        const name = `${conflict.accountId}:${conflict.kept.seq}:${conflict.kept.hash}`;
        if (!this.#told.has(name)) this.options.onConflict(conflict);
        this.#told.add(name);
      }
    } catch (error) {
      this.options.onError(error);
    }
  }
}
