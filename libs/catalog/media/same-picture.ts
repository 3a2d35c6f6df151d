import type { PictureFingerprint } from './picture-fingerprint.js';

export type ComparablePicture = Pick<PictureFingerprint, 'phash' | 'colour'>;

/** Chosen between what re-encoding and resizing cause and what different pictures differ by; the tests measure both sides. */
const MAX_BITS = 12;
const MAX_MEAN_COLOUR = 4;
const MAX_CELL_COLOUR = 18;

/** How many of the 64 bits differ. */
export function hammingDistance(left: string, right: string): number {
  let bits = BigInt.asUintN(64, BigInt(left) ^ BigInt(right));
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count;
}

/** Mean and greatest difference of the grid's colour values, 0 to 255. */
export function colourDistance(left: Buffer, right: Buffer): { readonly mean: number; readonly max: number } {
  if (left.length !== right.length || left.length === 0) return { mean: 255, max: 255 };
  let sum = 0;
  let max = 0;
  for (let i = 0; i < left.length; i++) {
    const difference = Math.abs((left[i] ?? 0) - (right[i] ?? 0));
    sum += difference;
    if (difference > max) max = difference;
  }
  return { mean: sum / left.length, max };
}

/** Whether two pictures show the same in the same colours; size and encoding do not matter. */
export function samePicture(left: ComparablePicture, right: ComparablePicture): boolean {
  const colour = colourDistance(left.colour, right.colour);
  return colour.max <= MAX_CELL_COLOUR && colour.mean <= MAX_MEAN_COLOUR && hammingDistance(left.phash, right.phash) <= MAX_BITS;
}
