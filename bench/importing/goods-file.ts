import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const ATTRIBUTES = 25;
const WORDS = ['синий', 'зелёный', 'хлопок', 'нержавеющая сталь', 'дерево', 'матовый', 'глянцевый', 'для дома', 'складной', 'стекло'];
const PER_CHUNK = 500;

const word = (n: number): string => WORDS[n % WORDS.length] ?? '';

/** Writes a table of goods with 25 attributes each, the same for the same number. */
export async function writeGoods(file: string, rows: number): Promise<void> {
  const header = ['Артикул', 'Название', 'Описание', 'Бренд', 'Категория', 'Цена', 'Остаток', ...Array.from({ length: ATTRIBUTES }, (_, k) => `Свойство ${k + 1}`)];
  function* chunks(): Generator<string> {
    yield `${header.join(';')}\n`;
    for (let from = 0; from < rows; from += PER_CHUNK) {
      yield Array.from({ length: Math.min(PER_CHUNK, rows - from) }, (_, i) => `${row(from + i)}\n`).join('');
    }
  }
  await pipeline(Readable.from(chunks()), createWriteStream(file));
}

function row(i: number): string {
  return [
    `GOODS-${i}`,
    `Товар номер ${i}, ${word(i)}`,
    `${word(i)} товар номер ${i}. Подробное описание, каким его пишут продавцы: из чего сделан, для чего нужен и как за ним ухаживать.`,
    `Бренд ${i % 300}`,
    `Дом и сад / Раздел ${i % 40} / Товары`,
    String(100 + (i % 9000)),
    String(i % 60),
    ...Array.from({ length: ATTRIBUTES }, (_, k) => `${word(i + k)} ${(i * 31 + k * 7) % 2000}`),
  ].join(';');
}
