import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeXlsx } from './write-xlsx.js';

const COLUMNS = 30;
const PAGE = 500;
const MB = 1024 * 1024;

async function* pages(count: number, made: () => void = () => undefined): AsyncGenerator<string[][]> {
  for (let page = 0; page < count; page++) {
    made();
    await Promise.resolve();
    yield Array.from({ length: PAGE }, (_, row) => Array.from({ length: COLUMNS }, (__, column) => `Значение ${page * PAGE + row} из столбца ${column}`));
  }
}

const sheet = (rows: AsyncIterable<string[][]>) => ({ name: 'Товары', header: () => Promise.resolve(Array.from({ length: COLUMNS }, (_, i) => `Столбец ${i}`)), pages: rows });

describe('a workbook that streams', () => {
  it('keeps no more of its rows in memory the more of them there are', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const look = (): void => void (most = Math.max(most, process.memoryUsage().arrayBuffers - before));
    await pipeline(writeXlsx([sheet(pages(60, look))]), new Writable({ write: (_chunk, _encoding, done) => (look(), done()) }));
    expect(most / MB).toBeLessThan(30);
  }, 120_000);

  it('makes no more pages once its reader is gone', async () => {
    let made = 0;
    const book = writeXlsx([sheet(pages(200, () => made++))]);
    await expect(pipeline(book, new Writable({ write: (_chunk, _encoding, done) => done(new Error('hung up')) }))).rejects.toThrow('hung up');
    const then = made;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(then).toBeLessThan(200);
    expect(made - then).toBeLessThanOrEqual(1);
  }, 60_000);
});
