import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '#platform';
import type { KeptHead } from './verify-evidence.js';

interface StoredHead extends KeptHead {
  /** Wall time of keeping, ISO, UTC. */
  readonly at: string;
}

/** A head that was given up by a person, after a restore from a backup that did not have it. */
interface FormerHead extends StoredHead {
  readonly accountId: string;
  readonly reason: string;
}

interface HeadDocument {
  readonly format: 1;
  readonly heads: Readonly<Record<string, StoredHead>>;
  readonly former: readonly FormerHead[];
}

const EMPTY: HeadDocument = { format: 1, heads: {}, former: [] };
const SEQ = /^\d{1,19}$/;
const HASH = /^[0-9a-f]{64}$/;

/** The file of kept heads is there but cannot be trusted. It is never overwritten: what it says is all there is against a cut chain. */
export class HeadFileUnreadable extends Error {
  constructor(
    readonly file: string,
    cause?: unknown,
  ) {
    super(`The kept evidence heads in ${file} cannot be read. Put the file back from a backup, or move it away to start anew from the database.`, { cause });
    this.name = 'HeadFileUnreadable';
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHead(value: unknown): value is StoredHead {
  return (
    isObject(value) &&
    typeof value['seq'] === 'string' &&
    SEQ.test(value['seq']) &&
    typeof value['hash'] === 'string' &&
    HASH.test(value['hash']) &&
    typeof value['at'] === 'string'
  );
}

function isFormer(value: unknown): value is FormerHead {
  return isHead(value) && isObject(value) && typeof value['accountId'] === 'string' && typeof value['reason'] === 'string';
}

function isDocument(value: unknown): value is HeadDocument {
  return (
    isObject(value) &&
    value['format'] === 1 &&
    isObject(value['heads']) &&
    Object.values(value['heads']).every(isHead) &&
    Array.isArray(value['former']) &&
    value['former'].every(isFormer)
  );
}

/** DATA_DIR/evidence-heads.json: the last entry of each account's chain, kept where a change of the database does not reach. */
export class HeadFile {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'evidence-heads.json');
  }

  /** The head kept for each account, by account id. @throws HeadFileUnreadable */
  async heads(): Promise<ReadonlyMap<string, KeptHead>> {
    return new Map(Object.entries((await this.#read()).heads).map(([accountId, { seq, hash }]) => [accountId, { seq, hash }]));
  }

  /** Keeps newer heads; an older or equal one is passed over, so a head never goes back. Answers whether anything was written. */
  async keep(heads: ReadonlyMap<string, KeptHead>): Promise<boolean> {
    const before = await this.#read();
    const at = new Date().toISOString();
    const newer = [...heads].filter(([accountId, head]) => BigInt(head.seq) > BigInt(before.heads[accountId]?.seq ?? '0'));
    if (newer.length === 0) return false;
    const added = Object.fromEntries(newer.map(([accountId, { seq, hash }]) => [accountId, { seq, hash, at }]));
    await this.#write({ ...before, heads: { ...before.heads, ...added } });
    return true;
  }

  /** A person accepts that the database has less than was kept (a restored backup). What was known stays in the file, with the reason. */
  async giveUp(accountId: string, reason: string): Promise<KeptHead | undefined> {
    const before = await this.#read();
    const head = before.heads[accountId];
    if (head === undefined) return undefined;
    const rest = Object.fromEntries(Object.entries(before.heads).filter(([id]) => id !== accountId));
    await this.#write({ ...before, heads: rest, former: [...before.former, { ...head, accountId, reason }] });
    return { seq: head.seq, hash: head.hash };
  }

  async #read(): Promise<HeadDocument> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return EMPTY;
      throw new HeadFileUnreadable(this.#file, error);
    }
    const parsed = this.#parse(text);
    if (!isDocument(parsed)) throw new HeadFileUnreadable(this.#file);
    return parsed;
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new HeadFileUnreadable(this.#file, error);
    }
  }

  /** Whole or not at all, also when the machine loses power: the new file is on disk before it takes the name, and so is the name. */
  async #write(document: HeadDocument): Promise<void> {
    const folder = dirname(this.#file);
    await mkdir(folder, { recursive: true });
    const draft = `${this.#file}.${randomUUID()}`;
    try {
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(document, null, 2)}\n`, 'utf8');
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, this.#file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
