import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scoreMatch, STRONG, WORTH_A_LOOK } from './score-match.js';
import { tellingWords, titleLikeness } from './title-likeness.js';

const words = fc.array(fc.constantFrom('чайник', 'электрический', 'красный', 'стальной', '1.7', '2200', 'Ясень'), { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));

describe('likeness of titles', () => {
  it('is the same both ways, whole for itself, and between 0 and 1', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(titleLikeness(a, b)).toBe(titleLikeness(b, a));
        expect(titleLikeness(a, a)).toBe(1);
        expect(titleLikeness(a, b)).toBeGreaterThanOrEqual(0);
        expect(titleLikeness(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each([
    ['the order and the form of words do not matter', 'Чайник электрический красный', 'красного электрического чайника', 'alike'],
    ['another volume is another product', 'Чайник электрический 1,7 л Ясень', 'Чайник электрический 1,5 л Ясень', 'other'],
    ['a number one of them leaves out says nothing against it', 'Чайник электрический Ясень', 'Чайник электрический Ясень 1.7', 'alike'],
    ['other goods', 'Чайник электрический красный', 'Коврик для ванной серый', 'other'],
  ])('%s', (_name, left, right, verdict) => {
    expect(titleLikeness(left, right) >= 0.7 ? 'alike' : 'other').toBe(verdict);
  });

  it('begins a search with the longest words', () => {
    expect(tellingWords('Чайник 1.7 л электрический для дачи', 2)).toEqual(['электрический', 'чайник']);
  });
});

describe('score of a match', () => {
  it('never falls by one more sign', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (title, picture) => {
        const without = scoreMatch({ barcode: undefined, title, picture }).score;
        expect(scoreMatch({ barcode: '4600000000015', title, picture }).score).toBeGreaterThanOrEqual(without);
        expect(scoreMatch({ barcode: undefined, title, picture: true }).score).toBeGreaterThanOrEqual(without);
      }),
    );
  });

  it('lets a barcode, an equal title, or a like title with the picture hold a creation back, and a picture alone be looked at', () => {
    expect(scoreMatch({ barcode: '4600000000015', title: 0, picture: false }).score).toBeGreaterThanOrEqual(STRONG);
    expect(scoreMatch({ barcode: undefined, title: 1, picture: false }).score).toBeGreaterThanOrEqual(STRONG);
    expect(scoreMatch({ barcode: undefined, title: 0.6, picture: true }).score).toBeGreaterThanOrEqual(STRONG);
    const alone = scoreMatch({ barcode: undefined, title: 0, picture: true }).score;
    expect(alone).toBeGreaterThanOrEqual(WORTH_A_LOOK);
    expect(alone).toBeLessThan(STRONG);
    expect(scoreMatch({ barcode: undefined, title: 0.4, picture: false }).score).toBeLessThan(WORTH_A_LOOK);
  });
});
