import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { barcodeFault, checkDigit } from './barcode.js';

const body = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('barcodes', () => {
  it.each<[code: string, fault: string | undefined, why: string]>([
    ['8809288404089', undefined, 'EAN-13'],
    ['96385074', undefined, 'EAN-8'],
    ['036000291452', undefined, 'UPC-A'],
    ['10012345678902', undefined, 'ITF-14'],
    ['8809288404088', 'check-digit', 'last digit wrong'],
    ['880928840408', 'check-digit', 'a digit lost'],
    ['8809288404', 'length', 'ten digits'],
    ['OZN12345678', 'digits', 'letters'],
    ['', 'digits', 'empty'],
  ])('%s → %s (%s)', (code, fault) => expect(barcodeFault(code)).toBe(fault));

  it('accept every body with its own check digit and no other', () => {
    fc.assert(
      fc.property(fc.oneof(body(7), body(11), body(12), body(13)), fc.integer({ min: 1, max: 9 }), (digits, off) => {
        const right = checkDigit(digits);
        expect(barcodeFault(`${digits}${right}`)).toBeUndefined();
        expect(barcodeFault(`${digits}${(right + off) % 10}`)).toBe('check-digit');
      }),
    );
  });

  it('notice any single wrong digit', () => {
    fc.assert(
      fc.property(body(12), fc.nat(11), fc.integer({ min: 1, max: 9 }), (digits, at, off) => {
        const code = `${digits}${checkDigit(digits)}`;
        const wrong = code.slice(0, at) + String((Number(code[at]) + off) % 10) + code.slice(at + 1);
        expect(barcodeFault(wrong)).toBe('check-digit');
      }),
    );
  });
});
