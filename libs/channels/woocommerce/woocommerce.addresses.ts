/** A page holds a hundred; a SKU may be on sale and in the trash. */
const AT_ONCE = 50;
/** Every host takes an address of so many characters; a Cyrillic letter is six of them. */
const LONGEST = 3_000;

/** Values in portions of which each fits into an address, with commas between them. */
export function inAddresses(values: readonly string[]): readonly (readonly string[])[] {
  const portions: string[][] = [];
  let left = 0;
  for (const value of values) {
    const length = encodeURIComponent(value).length + 3;
    const last = portions.at(-1);
    if (last === undefined || last.length >= AT_ONCE || length > left) {
      portions.push([value]);
      left = LONGEST - length;
    } else {
      last.push(value);
      left -= length;
    }
  }
  return portions;
}
