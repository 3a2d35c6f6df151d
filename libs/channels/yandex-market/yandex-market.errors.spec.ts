import { describe, expect, it } from '@jest/globals';
import { Refused } from '#kernel';
import { type YandexFailure, untilMs, yandexError } from './yandex-market.errors.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const failure = (status: number, message: string, writes = false): YandexFailure => ({
  path: '/v2/x',
  status,
  headers: {},
  body: message === '' ? undefined : { status: 'ERROR', errors: [{ code: 'SOME', message }] },
  writes,
  now: NOW,
  bucket: 'mappings',
});

describe('a refused request', () => {
  it.each([
    [400, "'name' size must be between '1' and '256' (rejected size: '300')", 'Refused'],
    [401, 'Api-Key token is revoked', 'Unauthorised'],
    [403, 'Token does not have any of the scopes to access the API method', 'Unauthorised'],
    [403, 'The method is deprecated and is occasionally forbidden', 'Unsupported'],
    [404, "Campaign not found '1'", 'Unauthorised'],
    [404, 'Unknown category', 'Refused'],
    [404, 'Resource not found', 'Unsupported'],
    [405, '', 'Unsupported'],
    [420, 'Hit rate limit of 4 parallel requests for campaignId 1', 'Throttled'],
    [423, 'Business is in migration', 'RetryLater'],
    [423, 'Partner use only default price', 'RetryLater'],
    [500, 'Internal error', 'RetryLater'],
    [302, '', 'BrokenContract'],
  ])('with %i "%s" is %s', (status, message, kind) => {
    expect(yandexError(failure(status, message)).name).toBe(kind);
  });

  it('leaves a write unsure only when it may have been applied', () => {
    expect(yandexError(failure(503, '', true))).toMatchObject({ unsure: true });
    expect(yandexError(failure(423, 'Business is in migration', true))).toMatchObject({ unsure: false });
  });

  it.each([
    ["'offerMappings[2].offer.name' size must be between '1' and '256' (rejected size: '300')", 'title', { index: 2 }],
    ["discountBase is less than value: offerId = 'SKU-7'", 'price', { offer: 'SKU-7' }],
    ["Offer at index '3' should have valid discount value", 'price', { index: 3 }],
    ["Stock for 'SKU-1' should not be in the future", 'stock', { offer: 'SKU-1' }],
    ['The request is too big', '', {}],
  ])('tells the field and the card of "%s"', (message, path, named) => {
    const error = yandexError(failure(400, message)) as Refused;
    expect(error.diagnostics).toEqual([{ severity: 'error', path, code: 'yandex-market.refused', params: { status: 400, message, ...named } }]);
  });

  it('reads the end of a window by the clock of the answer', () => {
    const until = new Date(NOW + 40_000).toUTCString();
    expect(untilMs({ 'x-ratelimit-resource-until': until }, NOW)).toBe(41_000);
    expect(untilMs({ 'X-RateLimit-Resource-Until': until, Date: new Date(NOW + 10_000).toUTCString() }, NOW)).toBe(31_000);
    expect(untilMs({ 'x-ratelimit-resource-until': 'soon' }, NOW)).toBeUndefined();
  });
});
