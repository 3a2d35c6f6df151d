/** Kopecks of a price in whole roubles after a whole percent of discount. */
export function discounted(roubles: number, discount: number): number {
  return roubles * (100 - discount);
}

/** The same after a second discount for members of the club, rounded to a kopeck. */
export function clubDiscounted(roubles: number, discount: number, clubDiscount: number): number {
  return Math.round((discounted(roubles, discount) * (100 - clubDiscount)) / 100);
}

/** Kopecks as decimal text: 33250 is "332.50". */
export function money(kopecks: number): string {
  return `${Math.trunc(kopecks / 100)}.${String(Math.abs(kopecks % 100)).padStart(2, '0')}`;
}

/** Kopecks as the number of roubles that the market writes: 33250 is 332.5. */
export const wire = (kopecks: number): number => Number(money(kopecks));
