import { describe, expect, it } from '@jest/globals';
import { BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported } from '#kernel';
import { refusal, siteError, type KeyNotTaken, type SiteFailure } from './woocommerce.errors.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const PAGE = '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>';
const told = (code: string, data: object = {}) => ({ code, message: 'сказано', data: { status: 400, ...data } });
const failure = (status: number, body: unknown, part: Partial<SiteFailure> = {}): SiteFailure => ({
  path: '/products',
  status,
  headers: {},
  body,
  writes: false,
  now: NOW,
  ...part,
});

describe('errors of a site', () => {
  it.each([
    ['an unknown key', failure(401, told('woocommerce_rest_cannot_view')), Unauthorised],
    ['a wrong secret', failure(401, told('woocommerce_rest_authentication_error')), Unauthorised],
    ['a key of a user without rights', failure(403, told('woocommerce_rest_cannot_edit')), Unauthorised],
    ['a wall in front of the site', failure(403, PAGE), Throttled],
    ['a wall that minds the text', failure(406, PAGE), Throttled],
    ['too many requests', failure(429, PAGE), Throttled],
    ['WordPress being updated', failure(503, PAGE, { headers: { 'retry-after': '600' } }), Throttled],
    ['no worker left', failure(503, PAGE), RetryLater],
    ['a fatal error of PHP', failure(500, told('internal_server_error')), RetryLater],
    ['a list of an older version', failure(404, told('rest_no_route')), Unsupported],
    ['no WordPress behind the address', failure(404, PAGE), Unsupported],
    ['a value refused', failure(400, told('rest_invalid_param', { params: { regular_price: 'regular_price is not of type string.' } })), Refused],
    ['101 items', failure(413, told('woocommerce_rest_request_entity_too_large')), RetryLater],
    ['a body larger than the server takes', failure(413, PAGE, { writes: true }), RetryLater],
    ['a redirect', failure(301, ''), Unsupported],
    ['an answer without a meaning', failure(102, ''), BrokenContract],
  ])('%s', (_name, one, type) => {
    expect(siteError(one)).toBeInstanceOf(type);
  });

  it('tell how long to wait, a minute where nobody says', () => {
    const until = (headers: Record<string, string>) => (siteError(failure(429, PAGE, { headers })) as Throttled).until - NOW;
    expect([until({ 'retry-after': '7' }), until({ 'retry-after': new Date(NOW + 9000).toUTCString() }), until({}), until({ 'retry-after': '999999' })]).toEqual([
      7000, 9000, 60_000, 3_600_000,
    ]);
  });

  it('tell where the site really is', () => {
    const moved = siteError(failure(301, '', { headers: { location: 'https://www.shop.test/store/wp-json/wc/v3/products?page=1&oauth_nonce=x' } }));
    expect(moved.message).toContain('at https://www.shop.test/store:');
    expect(moved.message).not.toContain('oauth');
  });

  it('know a key that was read and not taken from one that never arrived', () => {
    const anonymous = (code: string) => (siteError(failure(401, told(code))) as KeyNotTaken).anonymous;
    expect([anonymous('woocommerce_rest_authentication_error'), anonymous('woocommerce_rest_cannot_view'), anonymous('rest_not_logged_in')]).toEqual([false, true, true]);
  });

  it('leave a write unsure only when the site may have run it', () => {
    const unsure = (status: number) => (siteError(failure(status, PAGE, { writes: true })) as RetryLater).unsure;
    expect([unsure(500), unsure(504), unsure(413), (siteError(failure(500, PAGE)) as RetryLater).unsure]).toEqual([true, true, false, false]);
  });

  it.each([
    [told('rest_invalid_param', { params: { 'dimensions[length]': 'not a string' } }), 'dimensions'],
    [told('rest_invalid_param', { params: { stock_quantity: 'not an integer' } }), 'stock'],
    [told('product_invalid_global_unique_id', { resource_id: 7 }), 'barcodes'],
    [told('product_invalid_global_unique_id_format'), 'barcodes'],
    [told('woocommerce_product_image_upload_error'), 'media'],
    [told('something_of_a_plugin'), ''],
  ])('name the facet: %j', (body, path) => {
    expect(refusal(body)).toMatchObject({ severity: 'error', path, code: 'woocommerce.refused', params: { code: body.code } });
  });
});
