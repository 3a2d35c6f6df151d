import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../random.js';
import type { Product } from '../model.js';
import type { Office } from '../office.js';
import { categoryMoved } from './facts.js';

const terms = { uncategorized: 15, of: () => [15, 20, 21].map((id) => ({ id, name: `${id}` })) };
const office = { terms } as unknown as Office;
const draft = (categories: number[]): Product => ({ variations: [], categories }) as unknown as Product;

describe('gremlins of categories', () => {
  it('leave alone what the shop filled in by itself: no seller could notice', () => {
    expect(categoryMoved(office, draft([15]), seeded(1))).toBeUndefined();
  });

  it('move goods that the seller has put somewhere', () => {
    const goods = draft([20]);
    expect(categoryMoved(office, goods, seeded(1))?.facet).toBe('category');
    expect(goods.categories).not.toEqual([20]);
  });
});
