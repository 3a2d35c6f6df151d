import { describe, expect, it } from '@jest/globals';
import { Refused, RetryLater, Throttled, Unauthorised, Unsupported } from '#kernel';
import { type WildberriesFailure, wildberriesError } from './wildberries.errors.js';

const NOW = 1_000_000;
const failure = (part: Partial<WildberriesFailure>): WildberriesFailure => ({
  path: '/content/v2/cards/update',
  status: 400,
  headers: {},
  body: {},
  writes: true,
  optional: false,
  now: NOW,
  bucket: 'update',
  ...part,
});
const gateway = (status: number, title: string, detail: string) => ({ title, detail, requestId: 'r', origin: 's2s', status });

describe('an answer that is no success, by what to do next', () => {
  it.each([
    ['a token that is not accepted', { status: 401, body: gateway(401, 'unauthorized', 'token problem') }, Unauthorised],
    ['money missing for a catalog service', { status: 402, body: gateway(402, 'payment required', 'no funds') }, Unauthorised],
    ['a scope that is missing', { status: 403, body: gateway(403, 'forbidden', 'scope') }, Unauthorised],
    ['a method closed to this type of token', { status: 403, body: gateway(403, 'forbidden', 'base token is not allowed') }, Unsupported],
    ['a report this token may not read', { status: 403, optional: true, body: gateway(403, 'forbidden', 'scope') }, Unsupported],
    ['a method that is switched off', { status: 404, body: gateway(404, 'path not found', 'see the docs') }, Unsupported],
    ['a warehouse nobody has', { status: 404, body: { code: 'NotFound', message: 'Not found' } }, Refused],
    ['works at the warehouse', { status: 406, body: { code: 'WarehouseStocksUpdateBlock', message: 'works' } }, RetryLater],
    ['a warehouse at work', { status: 409, body: [{ code: 'StoreIsProcessing', message: 'wait', data: [] }] }, RetryLater],
    ['a change of currency', { status: 409, body: { errorText: "You can't change prices and discounts while switching to another currency" } }, RetryLater],
    ['a body that is too big', { status: 413, body: gateway(413, 'too large', '') }, Refused],
    ['a body that is not understood', { status: 400, body: 'Request body can not be decoded' }, Refused],
    ['trouble on their side', { status: 502, body: '<html>' }, RetryLater],
  ] as const)('%s', (_name, part, kind) => {
    expect(wildberriesError(failure(part as Partial<WildberriesFailure>))).toBeInstanceOf(kind);
  });

  it('waits as long as it is told, on the bucket of the method', () => {
    const error = wildberriesError(failure({ status: 429, headers: { 'X-Ratelimit-Retry': '2', 'X-Ratelimit-Reset': '29', 'X-Ratelimit-Limit': '10' } }));
    expect(error).toBeInstanceOf(Throttled);
    expect(error).toMatchObject({ until: NOW + 2000, bucket: 'update' });
  });

  it('does not know whether a write landed when the server failed, and knows that it did not when the warehouse was at work', () => {
    expect(wildberriesError(failure({ status: 500 }))).toMatchObject({ unsure: true });
    expect(wildberriesError(failure({ status: 500, writes: false }))).toMatchObject({ unsure: false });
    expect(wildberriesError(failure({ status: 409, body: [{ code: 'StoreIsProcessing', message: 'wait', data: [] }] }))).toMatchObject({ unsure: false, afterMs: 10_000 });
  });

  it('names the cards that content answers name, and no others', () => {
    const body = {
      data: null,
      error: true,
      errorText: 'some items lacks required characteristics',
      additionalErrors: { 'A-1': 'missing required characteristics with ids: 14177449' },
    };
    const error = wildberriesError(failure({ body })) as Refused;
    expect(error.diagnostics.map((one) => one.params)).toEqual([
      { status: 400, message: 'some items lacks required characteristics missing required characteristics with ids: 14177449', card: 'A-1' },
    ]);
    const whole = wildberriesError(failure({ body: { error: true, errorText: 'Invalid request format', additionalErrors: { error: 'x' } } })) as Refused;
    expect(whole.diagnostics.map((one) => one.params?.['card'])).toEqual([undefined]);
  });

  it('names the sizes that stock answers name', () => {
    const body = [
      { code: 'UploadDataLimit', message: 'too many', data: [{ sku: '', chrtId: 5001, amount: 1 }] },
      { code: 'CargoWarehouseRestrictionMGT', message: 'too big', data: [{ sku: '', chrtId: 5002, amount: 2 }] },
    ];
    const error = wildberriesError(failure({ status: 409, body })) as Refused;
    expect(error.diagnostics.map((one) => [one.params?.['card'], one.params?.['code']])).toEqual([
      ['5001', 'UploadDataLimit'],
      ['5002', 'CargoWarehouseRestrictionMGT'],
    ]);
  });
});
