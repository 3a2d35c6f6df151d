import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeGoods } from '../importing/goods-file.js';
import { startImporter } from '../importing/start-importer.js';
import type { Child } from '../measure/child.js';
import { openOwnDatabase } from '../measure/own-database.js';
import { median, medianRatio, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';

const IMPORT_GOAL = 8;
const UNCHANGED_GOAL = 2;
const MEMORY_GOAL = 1.3;
const SMALL_ROWS = 10_000;
const MANY_ROWS = 500_000;
const MB = 1024 * 1024;

interface Imported {
  readonly value: { readonly seconds: number; readonly counts: Readonly<Record<string, number>> };
  readonly processor: number;
}

/** Gives `work` a child with a migrated database of its own and files of goods. */
async function withImporter<T>(work: (importer: Child, goods: (rows: number) => Promise<string>) => Promise<T>): Promise<T> {
  const database = await openOwnDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'etalon-goods-'));
  const importer = startImporter();
  try {
    await importer.ask('open', database.url);
    return await work(importer, async (rows) => {
      const file = join(folder, `goods-${rows}.csv`);
      await writeGoods(file, rows);
      return file;
    });
  } finally {
    await importer.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds of a first import with revisions, outbox and prints, against a plain COPY of the same documents in the same round. */
export async function benchImport(options: { rows: number; rounds: number; name: string }, tell: Tell): Promise<Outcome> {
  return withImporter(async (importer, goods) => {
    const file = await goods(options.rows);
    const imports: number[] = [];
    const copies: number[] = [];
    const processor: number[] = [];
    for (let round = -1; round < options.rounds; round++) {
      await importer.ask('empty');
      const before = round < 0 ? undefined : copies.length;
      const imported = await importer.ask<Imported>('import', file);
      const { seconds, counts } = imported.value;
      if (counts['created'] !== options.rows) throw new Error(`Of ${options.rows} rows ${counts['created']} were created.`);
      const copied = await importer.ask<{ value: number; processor: number }>('copy');
      const copy = copied.value;
      // The first round warms both up.
      if (before === undefined) continue;
      imports.push(seconds);
      copies.push(copy);
      processor.push(imported.processor / copied.processor);
      tell(`round ${round + 1}: import ${seconds.toFixed(2)} s (processor ${imported.processor.toFixed(2)} s), copy ${copy.toFixed(2)} s (${copied.processor.toFixed(2)} s)`);
    }
    return outcome({
      name: options.name,
      value: median(imports),
      floor: median(copies),
      ratio: medianRatio(imports, copies),
      goal: IMPORT_GOAL,
      unit: 's',
      processor: median(processor),
    });
  });
}

/** Seconds of importing a file again that changes nothing, against reading and hashing its rows. */
export async function benchReimport({ rows, rounds }: { rows: number; rounds: number }, tell: Tell): Promise<Outcome> {
  return withImporter(async (importer, goods) => {
    const file = await goods(rows);
    await importer.ask<Imported>('import', file);
    const again: number[] = [];
    const reads: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const { seconds, counts } = (await importer.ask<Imported>('import', file)).value;
      if (counts['unchanged'] !== rows) throw new Error(`Of ${rows} rows only ${counts['unchanged']} were unchanged.`);
      const read = await importer.ask<number>('read', file);
      if (round < 0) continue;
      again.push(seconds);
      reads.push(read);
      tell(`round ${round + 1}: import ${seconds.toFixed(2)} s, read and hash ${read.toFixed(2)} s`);
    }
    return outcome({ name: 'reimport-unchanged', value: median(again), floor: median(reads), ratio: medianRatio(again, reads), goal: UNCHANGED_GOAL, unit: 's' });
  });
}

/** Peak resident memory of an importing process at half a million rows, against one at 10,000. PostgreSQL does not count. */
export async function benchImportMemory({ rows = MANY_ROWS }: { rows?: number }, tell: Tell): Promise<Outcome> {
  const peakAt = (count: number): Promise<number> =>
    withImporter(async (importer, goods) => {
      const file = await goods(count);
      // As much work at either size: what warms up does so in both.
      for (let left = Math.min(rows, 50_000); left > 0; left -= count) {
        await importer.ask('empty');
        await importer.ask<Imported>('import', file);
      }
      const peak = (await importer.ask<number>('peak')) / MB;
      tell(`peak at ${count} rows: ${peak.toFixed(0)} MB`);
      return peak;
    });
  const small = await peakAt(SMALL_ROWS);
  const large = await peakAt(rows);
  return outcome({ name: 'import-memory', value: large, floor: small, goal: MEMORY_GOAL, unit: 'MB' });
}
