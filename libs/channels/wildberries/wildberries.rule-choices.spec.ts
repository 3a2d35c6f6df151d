import { describe, expect, it } from '@jest/globals';
import type { AccountRules } from '#channels/contract';
import { choices, stockPlaces } from './wildberries.rule-choices.js';

const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };
const known: Readonly<Record<string, unknown>> = {
  warehouses: [
    { id: '6', name: 'DBS', active: false },
    { id: '9', name: 'Тверь', active: true },
    { id: '7', name: 'Казань', active: true },
  ],
};
const references = (key: string) => known[key];
const nothing = () => undefined;

describe('the warehouses that rules may name on Wildberries', () => {
  it('are all working FBS ones, in Wildberries’ own order', () => {
    expect(choices.warehouses?.list(references)).toEqual([
      { id: '9', name: 'Тверь' },
      { id: '7', name: 'Казань' },
    ]);
    expect(choices.warehouses?.list(nothing)).toEqual([]);
  });

  it.each([
    [{}, ['9'], ['7']],
    [{ main: '7' }, ['7'], ['9']],
    [{ main: '7', far: '9' }, ['9', '7'], []],
    [{ main: '6' }, [], ['9', '7']],
  ])('by the table %j stock goes to %j and leaves %j', (warehouses, managed, others) => {
    expect(stockPlaces({ ...RULES, warehouses }, references)).toEqual({ managed, others });
  });

  it('are none before Wildberries has told them', () => {
    expect(stockPlaces(RULES, nothing)).toEqual({ managed: [], others: [] });
  });
});
