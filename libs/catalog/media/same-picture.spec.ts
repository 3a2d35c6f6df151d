import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { pictureFingerprint } from './picture-fingerprint.js';
import { colourDistance, hammingDistance, samePicture } from './same-picture.js';

/** A thing on a tinted wall; `hue` places wall and decoration, `colour` paints the thing. */
function drawing(shape: number, hue: number, colour: string): Promise<Buffer> {
  const corners = Array.from({ length: 3 + (shape % 5) }, (_, i) => {
    const angle = (i / (3 + (shape % 5))) * 2 * Math.PI + shape;
    const radius = i % 2 ? 150 : 90 + (shape % 7) * 8;
    return `${300 + radius * Math.cos(angle)},${280 + radius * Math.sin(angle)}`;
  }).join(' ');
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='600' height='600'>
    <rect width='600' height='600' fill='hsl(${hue},40%,88%)'/>
    <circle cx='${(hue * 7) % 600}' cy='${(hue * 13) % 300}' r='${60 + (hue % 80)}' fill='hsl(${(hue + 90) % 360},50%,75%)'/>
    <rect y='470' width='600' height='130' fill='hsl(${hue},25%,75%)'/>
    <polygon points='${corners}' fill='${colour}'/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

const fingerprintsOf = (pictures: Buffer[]) => Promise.all(pictures.map((p) => pictureFingerprint(p)));

describe('the fingerprint of a picture', () => {
  it.each([
    ['JPEG at quality 50', (s: Sharp) => s.jpeg({ quality: 50 })],
    ['JPEG at quality 95', (s: Sharp) => s.jpeg({ quality: 95 })],
    ['half the size at quality 75', (s: Sharp) => s.resize(300).jpeg({ quality: 75 })],
    ['half the size at quality 50', (s: Sharp) => s.resize(300).jpeg({ quality: 50 })],
    ['a third as WebP', (s: Sharp) => s.resize(200).webp({ quality: 70 })],
  ])('finds the same picture as %s', async (_, encode) => {
    for (let i = 0; i < 12; i++) {
      const original = await drawing(i, i * 29, `hsl(${i * 67},70%,45%)`);
      const [a, b] = await fingerprintsOf([original, await encode(sharp(original)).toBuffer()]);
      if (!a || !b) throw new Error('no fingerprint');
      expect(samePicture(a, b)).toBe(true);
      expect(hammingDistance(a.phash, b.phash)).toBeLessThanOrEqual(8);
      expect(colourDistance(a.colour, b.colour).max).toBeLessThanOrEqual(12);
    }
  });

  it('tells the red from the blue variant of one shape', async () => {
    for (let i = 0; i < 12; i++) {
      const [red, blue] = await fingerprintsOf([await drawing(i, i * 29, '#d4322c'), await drawing(i, i * 29, '#2c62c9')]);
      expect(red && blue && samePicture(red, blue)).toBe(false);
    }
  });

  it('tells colours of the same brightness apart, where the hash alone cannot', async () => {
    const [a, b] = await fingerprintsOf([await drawing(3, 40, 'rgb(190,60,60)'), await drawing(3, 40, 'rgb(60,127,60)')]);
    if (!a || !b) throw new Error('no fingerprint');
    expect(hammingDistance(a.phash, b.phash)).toBeLessThanOrEqual(12);
    expect(samePicture(a, b)).toBe(false);
  });

  it('tells different shapes apart', async () => {
    const all = await fingerprintsOf(await Promise.all(Array.from({ length: 40 }, (_, i) => drawing(i, (i * 83) % 360, `hsl(${(i * 131) % 360},70%,45%)`))));
    const matches = all.flatMap((a, i) => all.slice(0, i).filter((b) => samePicture(a, b)));
    expect(matches).toEqual([]);
  });

  it('is steady on a plain picture, and says its size', async () => {
    const plain = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#c0ffee' } })
      .png()
      .toBuffer();
    const [a, b] = await fingerprintsOf([plain, await sharp(plain).resize(45).jpeg({ quality: 50 }).toBuffer()]);
    expect(a).toMatchObject({ width: 90, height: 60, phash: b?.phash });
    expect(a && b && samePicture(a, b)).toBe(true);
  });

  it('fails on bytes that are no picture', async () => {
    await expect(pictureFingerprint(Buffer.from('no picture at all'))).rejects.toThrow();
  });
});
