import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startImporter } from '../importing/start-importer.js';
import { writeGoods } from '../importing/goods-file.js';
import type { Child } from '../measure/child.js';
import { openOwnDatabase } from '../measure/own-database.js';
import type { Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';

const GOAL = 1.3;
const SMALL_ROWS = 10_000;
/** Processes at either size get as much to do: what warms up does so in both. */
const AS_MUCH = 50_000;
const MB = 1024 * 1024;

interface Peaks {
  readonly written: number;
  readonly read: number;
}

/** Peak resident memory of a process that exports a workbook, and of one that imports it, against the same with 10,000 products; the worse of the two counts. */
export async function benchXlsxMemory({ rows }: { rows: number }, tell: Tell): Promise<Outcome> {
  const small = await peaksAt(SMALL_ROWS, rows, tell);
  const large = await peaksAt(rows, rows, tell);
  const worse = large.written / small.written > large.read / small.read ? 'written' : 'read';
  return outcome({ name: 'xlsx-memory', value: large[worse], floor: small[worse], goal: GOAL, unit: 'MB' });
}

async function peaksAt(count: number, most: number, tell: Tell): Promise<Peaks> {
  const database = await openOwnDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'etalon-workbook-'));
  const [goods, workbook] = [join(folder, 'goods.csv'), join(folder, 'goods.xlsx')];
  const times = Math.ceil(Math.min(most, AS_MUCH) / count);
  try {
    await writeGoods(goods, count);
    await withImporter(database.url, (importer) => importer.ask('import', goods));
    const written = await withImporter(database.url, async (importer) => {
      for (let time = 0; time < times; time++) await importer.ask('exportXlsx', workbook);
      return peak(importer);
    });
    const read = await withImporter(database.url, async (importer) => {
      for (let time = 0; time < times; time++) {
        await importer.ask('empty');
        await importer.ask('import', workbook);
      }
      return peak(importer);
    });
    tell(`peak at ${count} rows: ${written.toFixed(0)} MB exporting, ${read.toFixed(0)} MB importing`);
    return { written, read };
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function peak(importer: Child): Promise<number> {
  return (await importer.ask<number>('peak')) / MB;
}

async function withImporter<T>(url: string, work: (importer: Child) => Promise<T>): Promise<T> {
  const importer = startImporter();
  try {
    await importer.ask('open', url);
    return await work(importer);
  } finally {
    await importer.stop();
  }
}
