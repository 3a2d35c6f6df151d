import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statusOf } from './ozon.status.js';

const SOLD = {
  id: 1,
  offer_id: 'A-1',
  is_archived: false,
  is_autoarchived: false,
  visibility_details: { has_price: true, has_stock: true },
  availabilities: [{ sku: 2, source: 'SDS', availability: 'AVAILABLE', reasons: [] }],
  statuses: {
    status: 'price_sent',
    status_failed: '',
    moderate_status: 'approved',
    validation_status: 'success',
    status_name: 'Продается',
    is_created: true,
  },
  errors: [],
};
const with_ = (part: Record<string, unknown>, statuses: Record<string, unknown> = {}) => ({
  ...SOLD,
  ...part,
  statuses: { ...SOLD.statuses, ...statuses },
});
const error = (code: string, level: string, attribute = 0) => ({ code, level, state: '', field: '', attribute_id: attribute, texts: { message: code } });

describe('status of a card', () => {
  it('is sellable only when every sign says so', () => {
    expect(statusOf(SOLD, false)).toEqual({ sellable: true, moderation: 'approved', causes: [], refusals: [] });
  });

  it.each([
    { reason: 'archived by hand', item: with_({ is_archived: true }), causes: ['archived'] },
    {
      reason: 'hidden with a reason',
      item: with_({ availabilities: [{ availability: 'HIDDEN', reasons: [{ id: 3, human_text: { text: 'Нет документов' } }] }] }),
      causes: ['hidden'],
    },
    { reason: 'deleted storefront entry', item: with_({ availabilities: [{ availability: 'UNAVAILABLE' }] }), causes: ['hidden'] },
    { reason: 'declined', item: with_({}, { moderate_status: 'declined', status_failed: 'declined' }), causes: ['moderation-declined'] },
    {
      reason: 'a new card in moderation',
      item: with_({ availabilities: [], visibility_details: { has_price: true, has_stock: false } }, { status: 'moderating', moderate_status: 'in-moderating', is_created: false }),
      causes: ['not-created', 'moderation-pending', 'no-stock'],
    },
    { reason: 'a blocking error', item: with_({ errors: [error('SPU_ALREADY_EXISTS_IN_ANOTHER_ACCOUNT', 'ERROR_LEVEL_ERROR')] }), causes: ['blocked-by-error'] },
    { reason: 'no price', item: with_({ visibility_details: { has_price: false, has_stock: true } }), causes: ['no-price'] },
    { reason: 'no stock', item: with_({ visibility_details: { has_price: true, has_stock: false } }), causes: ['no-stock'] },
    {
      reason: 'a stuck update that hides the card',
      item: with_(
        { availabilities: [{ availability: 'HIDDEN', reasons: [] }], errors: [error('attribute_hierarchy_fail', 'ERROR_LEVEL_ERROR')] },
        { status: 'imported', status_failed: 'imported', validation_status: 'fail' },
      ),
      causes: ['hidden', 'update-stuck', 'blocked-by-error'],
    },
  ])('not sellable: $reason', ({ item, causes }) => {
    const status = statusOf(item, false);
    expect(status.sellable).toBe(false);
    expect(status.causes.map((cause) => cause.code)).toEqual(causes);
  });

  it('knows quarantine from the list filter only', () => {
    expect(statusOf(SOLD, true)).toMatchObject({ sellable: false, causes: [{ code: 'price-quarantine' }] });
  });

  it('a card on sale stays sellable while an update is moderated, and when an update did not come through', () => {
    expect(statusOf(with_({}, { moderate_status: 'in-moderating' }), false)).toMatchObject({ sellable: true, moderation: 'pending', causes: [] });
    expect(statusOf(with_({}, { status_failed: 'imported' }), false)).toMatchObject({ sellable: true, causes: [{ code: 'update-stuck' }] });
  });

  it('reports erased and declined values by path, warnings that name no value not at all', () => {
    const status = statusOf(
      with_({
        errors: [
          error('erased_attribute_value', 'ERROR_LEVEL_WARNING', 11254),
          error('DESCRIPTION_DECLINE', 'ERROR_LEVEL_WARNING', 4191),
          error('double_without_merger_offer', 'ERROR_LEVEL_WARNING'),
        ],
      }),
      false,
    );
    expect(status.refusals.map((refusal) => [refusal.path, refusal.severity])).toEqual([
      ['attributes.11254', 'warning'],
      ['description', 'warning'],
    ]);
    expect(status.sellable).toBe(true);
  });

  it('never takes an undocumented word for good news', () => {
    const known = new Set([
      '',
      'none',
      'approved',
      'success',
      'price_sent',
      'in-moderating',
      'moderating',
      'pending',
      'postmoderation',
      'declined',
      'fail',
      'failed',
      'imported',
      'processing',
      'processed',
      'failed_moderation',
      'failed_validation',
    ]);
    const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !known.has(text) && !(text in Object.prototype));
    fc.assert(
      fc.property(word, fc.constantFrom('status', 'status_failed', 'moderate_status', 'validation_status'), (text, field) => {
        const status = statusOf(with_({}, { [field]: text }), false);
        expect(status.sellable).toBeNull();
        expect(status.causes.map((cause) => cause.code)).toContain('unknown');
      }),
    );
    expect(statusOf(with_({ availabilities: [{ availability: 'MAYBE' }] }), false).sellable).toBeNull();
    expect(statusOf(with_({ availabilities: [] }), false).sellable).toBeNull();
    expect(statusOf(with_({ errors: [error('x', 'ERROR_LEVEL_NEW')] }), false).sellable).toBeNull();
  });
});
