import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../random.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { dimensionsChanged } from './facts.js';

const draft = (dimensions: Card['dimensions']): Card => ({ dimensions }) as Card;

describe('gremlins of dimensions', () => {
  it('leave alone what the market filled in by itself: no seller could notice', () => {
    expect(dimensionsChanged({} as Office, draft({ length: 0, width: 0, height: 0, grams: 0 }), seeded(1))).toBeUndefined();
    for (let seed = 0; seed < 20; seed++) {
      const card = draft({ length: 0, width: 0, height: 0, grams: 400 });
      expect(dimensionsChanged({} as Office, card, seeded(seed))?.detail).toBe('grams changed');
      expect(card.dimensions).toMatchObject({ length: 0, width: 0, height: 0 });
      expect(card.dimensions.grams).toBeGreaterThan(400);
    }
  });
});
