import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonicalJson', () => {
  it('means the same value, whatever the order of keys, and is found again after parsing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out what is undefined, orders keys by code units and escapes what cannot be stored', () => {
    expect(canonicalJson({ b: 1, a: undefined, Я: [undefined, -0], '10': 'x', '9': '\u0000\ud800' })).toBe('{"10":"x","9":"\\u0000\\ud800","b":1,"Я":[null,0]}');
  });

  it.each([[Number.NaN], [Infinity], [() => 1], [Symbol('x')], [1n], [undefined]])('refuses %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
