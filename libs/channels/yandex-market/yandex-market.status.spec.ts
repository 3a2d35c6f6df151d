import { describe, expect, it } from '@jest/globals';
import { statusOf } from './yandex-market.status.js';

const disabled = { status: 'DISABLED_AUTOMATICALLY', errors: [{ message: 'Не указана цена', comment: 'Передайте цену товара' }] };
const seen = (offer: Readonly<Record<string, unknown>>, priced: boolean) => {
  const { sellable, moderation, causes } = statusOf({ offer, priced, quarantined: false, trouble: undefined });
  return { sellable, moderation, causes: causes.map(({ code }) => code) };
};

describe('a card that Market took off the shelf', () => {
  it('lacks its price and nothing else, as long as it has none', () => {
    expect(seen(disabled, false)).toEqual({ sellable: false, moderation: 'approved', causes: ['no-price'] });
  });

  it('is blocked by an error once it has one', () => {
    expect(seen(disabled, true)).toEqual({ sellable: false, moderation: 'approved', causes: ['blocked-by-error'] });
  });

  it('that a person hid is hidden, with a price or without', () => {
    expect(seen({ status: 'DISABLED_BY_PARTNER' }, true).causes).toEqual(['hidden']);
    expect(seen({ status: 'DISABLED_BY_PARTNER' }, false).causes).toEqual(['hidden', 'no-price']);
  });
});
