const RATES: ReadonlySet<string> = new Set(['0', '5', '7', '10', '20', '22']);

/** "20", "НДС 20 %", "Без НДС" → percent; undefined for a rate that is not in force. */
export function vatRate(text: string): number | undefined {
  const plain = text
    .toLowerCase()
    .replace(/ндс|%|\s/g, '')
    .replace(/[.,]0+$/, '');
  if (['без', 'безналога', 'необлагается'].includes(plain)) return 0;
  return RATES.has(plain) ? Number(plain) : undefined;
}
