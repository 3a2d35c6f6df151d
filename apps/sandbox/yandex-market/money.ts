/** Kopecks of a number of roubles. */
export const kopecks = (roubles: number): number => Math.round(roubles * 100);

/** Kopecks as the number of roubles that the market writes: 33250 is 332.5. */
export const wire = (amount: number): number => Number(money(amount));

/** Kopecks as decimal text: 33250 is "332.50". */
export function money(amount: number): string {
  return `${Math.trunc(amount / 100)}.${String(Math.abs(amount % 100)).padStart(2, '0')}`;
}

/** More digits after the point than a price may have. */
export const hasTooManyDigits = (roubles: number): boolean => Number(roubles.toFixed(7)) !== roubles;
