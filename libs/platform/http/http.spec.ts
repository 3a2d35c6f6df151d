import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { JsonTooDeep, parseExactJson } from './exact-json.js';
import { AddressRefused, assertPublicUrl, isPublicAddress, publicLookup } from './public-address.js';

const exact = (text: string): unknown => parseExactJson(Buffer.from(text));

/** An independent reading of the same rule. */
function oracle(text: string): unknown {
  return parse(text, null, (digits) => (/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits)));
}

describe('parseExactJson', () => {
  it('agrees with a lossless parser on any document', () => {
    const big = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const text = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }).map((value) => JSON.stringify(value)),
        big.map(String),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
        fc.constantFrom('true', 'null', '"12345678901234567890"', '"\\\\"', '"a\\"12345678901234567890"', '1e3', '12345678901234567890.5', '12345678901234567890e2', '[ ]'),
        fc.array(tie('node')).map((items) => `[${items.join(' , ')}]`),
        fc
          .array(fc.tuple(fc.string(), tie('node')))
          .map((fields) => `{${[...new Map(fields.filter(([key]) => key !== '__proto__'))].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
      ),
    })).node;
    fc.assert(
      fc.property(text, (document) => expect(exact(document)).toEqual(oracle(document))),
      { numRuns: 500 },
    );
  });

  it('keeps the last exact integer a number and makes the next one text', () => {
    expect(exact('[9007199254740991,9007199254740992,-9007199254740993]')).toEqual([9007199254740991, '9007199254740992', '-9007199254740993']);
  });

  it('refuses depth before it costs anything, and what is not JSON', () => {
    expect(() => exact('['.repeat(1_000_000))).toThrow(JsonTooDeep);
    expect(exact('['.repeat(64) + ']'.repeat(64))).toBeDefined();
    for (const wrong of ['', '<html>', '{"a":', '"open', '12345678901234567890x', '{"a":1}}']) expect(() => exact(wrong)).toThrow(SyntaxError);
  });

  it('reads past a byte order mark', () => {
    expect(exact('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });
});

describe('the guard of addresses', () => {
  const inside = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://①②⑦.0.0.1/',
    'http://user:pw@example.com/',
    'http://user@example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'ftp://example.com/',
    'http://example.com:22/',
    'http://example.com:6379/',
    'javascript:alert(1)',
    'nonsense',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://240.0.0.1/',
    'http://[ff02::1]/',
    'http://[2001::1]/',
    'http://[::7f00:1]/',
  ];

  it.each(inside)('refuses %s', (address) => {
    expect(() => assertPublicUrl(address)).toThrow(AddressRefused);
  });

  it('lets public addresses and exactly the allowed hosts pass', () => {
    expect(assertPublicUrl('https://api-seller.ozon.ru/v3/x').hostname).toBe('api-seller.ozon.ru');
    expect(assertPublicUrl('http://93.184.216.34/').hostname).toBe('93.184.216.34');
    const allowed = new Set(['127.0.0.1:4001']);
    expect(assertPublicUrl('http://127.0.0.1:4001/x', allowed).port).toBe('4001');
    expect(() => assertPublicUrl('http://127.0.0.1:4002/x', allowed)).toThrow(AddressRefused);
    expect(() => assertPublicUrl('http://localhost.evil:4001/', allowed)).toThrow(AddressRefused);
  });

  it('connects to what was checked, and checks anew when a name changes its answer', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    const lookup = publicLookup((_host, _options, callback) => callback(null, [{ address: answers.shift() ?? '127.0.0.1', family: 4 }]));
    const ask = (): Promise<unknown> => new Promise((resolve) => lookup('rebind.example', {}, (error, address) => resolve(error ?? address)));
    expect(await ask()).toBe('93.184.216.34');
    expect(answers).toEqual(['127.0.0.1']);
    expect(await ask()).toMatchObject({ name: 'AddressRefused', reason: 'address-leads-inside' });
  });

  it('counts no address of the ranges kept for ourselves as public', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(fc.property(byte, byte, byte, fc.constantFrom('10', '127', '0'), (a, b, c, first) => expect(isPublicAddress(`${first}.${a}.${b}.${c}`)).toBe(false)));
    expect(isPublicAddress('8.8.8.8')).toBe(true);
    expect(isPublicAddress('not an address')).toBe(false);
  });
});
