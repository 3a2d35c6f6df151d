import { describe, expect, it } from '@jest/globals';
import { Tally } from './tally.js';

describe('the tally of a soak', () => {
  it('is red when a fault never struck or a check was never made', () => {
    const tally = new Tally(['hang', 'edit'], ['order']);
    tally.fired('hang');
    expect(tally.failures()).toEqual(['fault "edit" never happened', 'check "order" never happened']);
    tally.fired('edit', 2);
    tally.check('order');
    expect(tally.failures()).toEqual([]);
    expect(tally.counts()).toEqual({ faults: { hang: 1, edit: 2 }, checks: { order: 1 } });
  });

  it('tells what is wrong by check, and not more than a person reads', () => {
    const tally = new Tally([], ['order']);
    for (let n = 0; n < 20; n++) tally.check('order', `card ${n}`);
    expect(tally.failures()).toHaveLength(13);
    expect(tally.failures().at(-1)).toBe('order: and 8 more');
  });
});
