import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { seeded } from '../random.js';

const MARK = 'drawn-';

/** A picture that belongs to no seller: its name is its content. */
export function drawnPicture(...words: (string | number)[]): string {
  return `${MARK}${createHash('sha1').update(words.join('/')).digest('hex').slice(0, 20)}`;
}

export function isDrawn(hash: string): boolean {
  return hash.startsWith(MARK);
}

export async function drawPicture(hash: string): Promise<Buffer> {
  const random = seeded(hash);
  const colour = (): string => `hsl(${random.int(0, 359)} ${random.int(30, 90)}% ${random.int(25, 80)}%)`;
  const shapes = Array.from({ length: random.int(5, 9) }, () =>
    random.next() < 0.5
      ? `<circle cx="${random.int(0, 480)}" cy="${random.int(0, 480)}" r="${random.int(30, 160)}" fill="${colour()}"/>`
      : `<rect x="${random.int(0, 380)}" y="${random.int(0, 380)}" width="${random.int(40, 300)}" height="${random.int(40, 300)}" fill="${colour()}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480"><rect width="480" height="480" fill="${colour()}"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toBuffer();
}
