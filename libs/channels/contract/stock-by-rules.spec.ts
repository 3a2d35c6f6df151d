import { describe, expect, it } from '@jest/globals';
import { placesByRules, stockByRules } from './stock-by-rules.js';

const HELD = { msk: 5, spb: 2, shop: 0, lost: -3 };

describe('the stock of a product', () => {
  it('goes to the first working warehouse as one figure where the account has no table', () => {
    expect(stockByRules(HELD, {}, ['1', '2'])).toEqual({ stock: { 1: 7 }, closed: [], unmapped: [] });
    expect(stockByRules(HELD, { warehouses: {} }, ['1'])).toEqual({ stock: { 1: 7 }, closed: [], unmapped: [] });
    expect(placesByRules({}, ['1', '2'])).toEqual({ managed: ['1'], others: ['2'] });
  });

  it('goes where the table says, summed where rows meet; what has no row goes nowhere, and is told when it holds pieces', () => {
    expect(stockByRules({ ...HELD, far: 9 }, { warehouses: { msk: '2', spb: '2', shop: '1' } }, ['1', '2'])).toEqual({ stock: { 1: 0, 2: 7 }, closed: [], unmapped: ['far'] });
  });

  it('leaves out warehouses that do not work, and says which', () => {
    expect(stockByRules(HELD, { warehouses: { msk: '9', spb: '1' } }, ['1'])).toEqual({ stock: { 1: 2 }, closed: ['9'], unmapped: [] });
    expect(stockByRules(HELD, { warehouses: { msk: '9' } }, ['1'])).toEqual({ stock: {}, closed: ['9'], unmapped: ['spb'] });
    expect(placesByRules({ warehouses: { msk: '9' } }, ['1'])).toEqual({ managed: [], others: ['1'] });
  });

  it('takes names that every object has for names like others', () => {
    expect(stockByRules({ constructor: 4 }, { warehouses: { msk: '1' } }, ['1'])).toEqual({ stock: { 1: 0 }, closed: [], unmapped: ['constructor'] });
  });
});
