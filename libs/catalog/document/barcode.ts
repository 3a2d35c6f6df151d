/** GS1 forms by length: EAN-8, UPC-A, EAN-13, ITF-14. */
const LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);

export type BarcodeFault = 'digits' | 'length' | 'check-digit';

/** The GS1 check digit for the digits before it. */
export function checkDigit(body: string): number {
  let sum = 0;
  for (let i = body.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight) sum += Number(body[i]) * weight;
  return (10 - (sum % 10)) % 10;
}

/** What is wrong with a barcode, or undefined. */
export function barcodeFault(code: string): BarcodeFault | undefined {
  if (!/^\d+$/.test(code)) return 'digits';
  if (!LENGTHS.has(code.length)) return 'length';
  return checkDigit(code.slice(0, -1)) === Number(code.at(-1)) ? undefined : 'check-digit';
}
