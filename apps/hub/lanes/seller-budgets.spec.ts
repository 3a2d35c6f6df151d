import { describe, expect, it } from '@jest/globals';
import { wallClock } from '#kernel';
import { AccountBudget } from '#reconcile';
import { SellerBudgets, type SellerShare } from './seller-budgets.js';

const made: AbortSignal[] = [];
const make = (signal: AbortSignal): Promise<SellerShare> => {
  made.push(signal);
  return Promise.resolve({ clock: wallClock, budget: new AccountBudget([{ name: 'calls', kind: 'rate', limit: 3, perMs: 60_000 }], wallClock) });
};

describe('the budget of a seller', () => {
  it('is one for all his accounts and nobody else’s, and ends with the last of them', async () => {
    const budgets = new SellerBudgets();
    const [first, second, other] = await Promise.all([budgets.share('A', make), budgets.share('A', make), budgets.share('B', make)]);
    await first.budget.take([{ bucket: 'calls', cost: 2 }], 1);
    expect([second.budget.room('calls', false), other.budget.room('calls', false)]).toEqual([1, 3]);
    expect(made).toHaveLength(2);
    first.letGo();
    expect(made[0]?.aborted).toBe(false);
    second.letGo();
    expect(made.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect((await budgets.share('A', make)).budget.room('calls', false)).toBe(3);
    expect(made).toHaveLength(3);
  });

  it('that could not be made is made anew for who comes next', async () => {
    const budgets = new SellerBudgets();
    await expect(budgets.share('A', () => Promise.reject(new Error('no clock')))).rejects.toThrow('no clock');
    expect((await budgets.share('A', make)).budget.room('calls', false)).toBe(3);
  });
});
