import sharp from 'sharp';

export interface PictureFingerprint {
  /** 64 bits of what the picture shows, blind to size and colour; a signed decimal for a PostgreSQL bigint. */
  readonly phash: string;
  /** Mean colours of an 8×8 grid, RGB, row by row: 192 bytes. */
  readonly colour: Buffer;
  /** Pixels as stored, before the orientation flag. */
  readonly width: number;
  readonly height: number;
}

const SIDE = 32;
const LOW = 8;
const CELL = SIDE / LOW;
const MAX_PIXELS = 60_000_000;

/** Coefficients this close to the median are noise of re-encoding; without the margin flat pictures would hash at random. */
const NOISE = 6;

const COSINES = Array.from({ length: LOW }, (_, u) =>
  Float64Array.from({ length: SIDE }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * SIDE)) * Math.sqrt((u === 0 ? 1 : 2) / SIDE)),
);

/** Fails as `sharp` does when the bytes are not a picture. */
export async function pictureFingerprint(picture: Buffer): Promise<PictureFingerprint> {
  const image = sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const { width, height } = await image.metadata();
  const pixels = await image.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb').resize(SIDE, SIDE, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer();
  const channels = pixels.length / (SIDE * SIDE);
  return { phash: perceptualHash(pixels, channels), colour: colourGrid(pixels, channels), width, height };
}

function at(pixels: Buffer, index: number): number {
  return pixels[index] ?? 0;
}

function luminance(pixels: Buffer, channels: number): Float64Array {
  return Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
    const p = i * channels;
    if (channels < 3) return at(pixels, p);
    return 0.299 * at(pixels, p) + 0.587 * at(pixels, p + 1) + 0.114 * at(pixels, p + 2);
  });
}

/** The lowest 8×8 frequencies, one bit each: above the median or not. */
function perceptualHash(pixels: Buffer, channels: number): string {
  const light = luminance(pixels, channels);
  const coefficients: number[] = [];
  const byRow = COSINES.map((cosine) =>
    Float64Array.from({ length: SIDE }, (_, y) => {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += (light[y * SIDE + x] ?? 0) * (cosine[x] ?? 0);
      return sum;
    }),
  );
  for (const cosine of COSINES) {
    for (const row of byRow) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += (row[y] ?? 0) * (cosine[y] ?? 0);
      coefficients.push(sum);
    }
  }
  const sorted = coefficients.slice(1).sort((a, b) => a - b);
  const threshold = (sorted[31] ?? 0) + NOISE;
  let bits = 0n;
  coefficients.forEach((c, i) => {
    if (i > 0 && c > threshold) bits |= 1n << BigInt(i);
  });
  return BigInt.asIntN(64, bits).toString();
}

function colourGrid(pixels: Buffer, channels: number): Buffer {
  const grid = Buffer.alloc(LOW * LOW * 3);
  for (let cell = 0; cell < LOW * LOW; cell++) {
    const left = (cell % LOW) * CELL;
    const top = Math.floor(cell / LOW) * CELL;
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let y = 0; y < CELL; y++) for (let x = 0; x < CELL; x++) sum += at(pixels, ((top + y) * SIDE + left + x) * channels + Math.min(c, channels - 1));
      grid[cell * 3 + c] = Math.round(sum / (CELL * CELL));
    }
  }
  return grid;
}
