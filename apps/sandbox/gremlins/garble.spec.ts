import { describe, expect, it } from '@jest/globals';
import { seeded } from '../random.js';
import { plainText } from '../ozon/meaning.js';
import { garble } from './garble.js';

const TEXT = 'Надежный чайник для дома и дачи: быстро греет воду и сам выключается.';

describe('garble', () => {
  it('goes every way, garbles a tenth to all of the text, and repeats with the seed', () => {
    const ways = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const done = garble(TEXT, seeded('g', i));
      expect(done).toEqual(garble(TEXT, seeded('g', i)));
      expect(done.share).toBeGreaterThanOrEqual(10);
      expect(plainText(done.text)).not.toBe(plainText(TEXT));
      ways.add(done.way);
    }
    expect(ways.size).toBe(6);
  });
});
