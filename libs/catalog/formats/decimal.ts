/**
 * A decimal as shops write it: point or comma, any spaces between thousands, a sign. Undefined for anything else, and for more digits
 * than a number holds exactly.
 */
export function parseDecimal(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(plain)) return undefined;
  return plain.replace(/[^\d]/g, '').replace(/^0+/, '').length > 15 ? undefined : Number(plain);
}

/** A size or weight in the smallest unit kept (mm, g): rounded, never below 1; undefined for 0 and less. */
export function parseMeasure(text: string, factor: number): number | undefined {
  const value = parseDecimal(text);
  return value === undefined || value <= 0 ? undefined : Math.max(1, Math.round(value * factor));
}

/** Whole pieces; a fraction is cut, what is below nothing is nothing: nobody can sell either. */
export function parsePieces(text: string): number | undefined {
  const value = parseDecimal(text);
  return value === undefined ? undefined : Math.max(0, Math.floor(value));
}
