import { describe, expect, it } from '@jest/globals';
import { BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported } from '#kernel';
import { CIRCLE_MS, isNotFound, ozonError, type OzonFailure } from './ozon.errors.js';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);
const failure = (part: Partial<OzonFailure>): OzonFailure => ({
  path: '/v3/product/list',
  status: 400,
  headers: {},
  body: {},
  writes: false,
  now: NOW,
  ...part,
});

describe('the three kinds of 429', () => {
  it.each<{ reason: string; part: Partial<OzonFailure>; bucket: string; wait: number }>([
    {
      reason: 'the account-wide rate',
      part: { headers: { 'Retry-After': '2', 'Ratelimit-Remaining': '0' }, body: { code: 8, message: 'You have reached request rate limit per second' } },
      bucket: 'rps',
      wait: 2000,
    },
    { reason: 'a rate without a header waits a second', part: { body: { message: 'You have reached request rate limit per second' } }, bucket: 'rps', wait: 1000 },
    {
      reason: "a method's own rate",
      part: { path: '/v2/products/stocks', methodBucket: 'stock_calls', headers: { 'retry-after': '30' }, body: {} },
      bucket: 'stock_calls',
      wait: 30_000,
    },
    {
      reason: 'items a minute, told in minutes',
      part: {
        headers: { 'item-retry-after': '2', 'item-rate-limit-remaining': '10' },
        dailyBucket: 'daily_update',
        body: { code: 'RESOURCE_EXHAUSTED', message: 'You have reached operation items limits. Retry after 120 seconds. Remaining 10 items' },
      },
      bucket: 'items',
      wait: 120_000,
    },
    {
      reason: 'items a minute, told in the text only',
      part: { body: { code: 'RESOURCE_EXHAUSTED', message: 'You have reached operation items limits. Retry after 45 seconds. Remaining 0 items' } },
      bucket: 'items',
      wait: 45_000,
    },
    {
      reason: 'the daily quota of creations',
      part: { headers: { 'Item-Retry-After': '720' }, dailyBucket: 'daily_create', body: { code: 'RESOURCE_EXHAUSTED', message: 'You have reached operation items limits.' } },
      bucket: 'daily_create',
      wait: 720 * 60_000,
    },
  ])('$reason', ({ part, bucket, wait }) => {
    const error = ozonError(failure({ status: 429, ...part }));
    expect(error).toBeInstanceOf(Throttled);
    expect(error).toMatchObject({ bucket, until: NOW + wait });
  });

  it.each([429, 403, 500])('"Circle is open" closes the method whatever the status (%i)', (status) => {
    const error = ozonError(failure({ status, body: { code: 8, message: 'Circle is open' } }));
    expect(error).toMatchObject({ bucket: 'method:/v3/product/list', until: NOW + CIRCLE_MS });
  });
});

describe('errors by recovery', () => {
  it.each([
    { reason: 'wrong key', status: 401, body: { code: 16, message: 'Invalid Api-Key, please check the key and try again' }, type: Unauthorised },
    { reason: 'wrong key told with 400', status: 400, body: { code: 16, message: 'unauthenticated' }, type: Unauthorised },
    { reason: 'revoked key', status: 403, body: { code: 7, message: 'Api-key is deactivated, use another one or generate a new one' }, type: Unauthorised },
    { reason: 'missing role', status: 403, body: { code: 7, message: 'Api-Key is missing a required role for a method' }, type: Unauthorised },
    { reason: 'offer not signed', status: 403, body: { code: 7, message: 'Offer not signed' }, type: Unauthorised },
    { reason: 'blocked company', status: 403, body: { message: 'Company is blocked, please contact support' }, type: Unauthorised },
    { reason: 'subscription too low', status: 403, body: { code: 7, message: 'not available with existing subscription' }, type: Unsupported },
    { reason: 'switched off', status: 410, body: { message: 'obsolete method cannot be used' }, type: Unsupported },
    { reason: 'switched off, told with 400', status: 400, body: { message: 'obsolete method cannot be used' }, type: Unsupported },
    { reason: 'bad request', status: 400, body: { code: 3, message: 'value must be inside range (0, 1000]' }, type: Refused },
    { reason: 'not found', status: 404, body: { code: 5, message: 'task not found' }, type: Refused },
    { reason: 'conflict', status: 409, body: {}, type: RetryLater },
    { reason: 'server trouble', status: 500, body: { code: 13, message: 'Internal error' }, type: RetryLater },
    { reason: 'a gateway page', status: 502, body: '<html>Bad gateway</html>', type: RetryLater },
    { reason: 'a redirect', status: 302, body: '', type: BrokenContract },
  ])('$reason', ({ status, body, type }) => {
    expect(ozonError(failure({ status, body }))).toBeInstanceOf(type);
  });

  it('says of a failed write that it may have landed, of a failed read that it did not', () => {
    expect(ozonError(failure({ status: 503, writes: true }))).toMatchObject({ unsure: true });
    expect(ozonError(failure({ status: 503 }))).toMatchObject({ unsure: false });
  });

  it('tells "no such thing" from other refusals', () => {
    expect(isNotFound(ozonError(failure({ status: 404 })))).toBe(true);
    expect(isNotFound(ozonError(failure({ status: 400, body: { code: 3, message: 'bad' } })))).toBe(false);
  });
});
