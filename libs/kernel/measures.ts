/** How many of the base unit one unit is, by family. Russian and Latin spellings. */
const FAMILIES: readonly Readonly<Record<string, number>>[] = [
  { мм: 1, mm: 1, см: 10, cm: 10, дм: 100, dm: 100, м: 1000, m: 1000, дюйм: 25.4, '"': 25.4, in: 25.4 },
  { мг: 0.001, mg: 0.001, г: 1, гр: 1, g: 1, кг: 1000, kg: 1000, т: 1_000_000, t: 1_000_000 },
  { мл: 1, ml: 1, л: 1000, l: 1000, 'м³': 1_000_000, м3: 1_000_000 },
  { вт: 1, w: 1, квт: 1000, kw: 1000 },
  { мв: 0.001, mv: 0.001, в: 1, v: 1, кв: 1000, kv: 1000 },
  { ма: 0.001, ma: 0.001, а: 1, a: 1 },
  { мач: 1, 'ма·ч': 1, 'ма*ч': 1, mah: 1, ач: 1000, 'а·ч': 1000, ah: 1000 },
  { с: 1, сек: 1, s: 1, мин: 60, min: 60, ч: 3600, час: 3600, h: 3600, дн: 86_400, дней: 86_400, день: 86_400, сут: 86_400, d: 86_400 },
  { гц: 1, hz: 1, кгц: 1000, khz: 1000, мгц: 1_000_000, mhz: 1_000_000, ггц: 1e9, ghz: 1e9 },
  { 'см²': 1, см2: 1, 'м²': 10_000, м2: 10_000, 'кв.м': 10_000 },
  { кб: 1, kb: 1, мб: 1024, mb: 1024, гб: 1_048_576, gb: 1_048_576, тб: 1_073_741_824, tb: 1_073_741_824 },
  { дб: 1, db: 1 },
  { лм: 1, lm: 1 },
  { '%': 1 },
  { '°c': 1, '°с': 1 },
  { шт: 1, pcs: 1 },
  { 'г/м²': 1, 'г/м2': 1, 'g/m2': 1 },
  { бар: 1, bar: 1 },
  { ккал: 1, kcal: 1, кдж: 0.239006, kj: 0.239006 },
];

function unitForm(unit: string): string {
  return unit.normalize('NFC').toLowerCase().replace(/\s+/g, '').replace(/\.$/, '');
}

/** The unit at the end of an attribute's name ("Длина, см" → "см"); undefined when the name ends in none that is known. */
export function unitOfName(name: string): string | undefined {
  const tail = /,\s*([^,]+)$/.exec(name)?.[1];
  return tail !== undefined && FAMILIES.some((family) => Object.hasOwn(family, unitForm(tail))) ? tail.trim() : undefined;
}

/** An attribute's name without its unit. */
export function nameWithoutUnit(name: string): string {
  const unit = unitOfName(name);
  return unit === undefined ? name : name.slice(0, name.lastIndexOf(',')).trim();
}

/** A measure in another unit, rounded to six decimals; undefined when the two do not measure the same. */
export function convert(value: number, from: string, to: string): number | undefined {
  const source = unitForm(from);
  const target = unitForm(to);
  if (source === target) return value;
  const family = FAMILIES.find((candidate) => Object.hasOwn(candidate, source) && Object.hasOwn(candidate, target));
  if (family === undefined) return undefined;
  return Number((((family[source] ?? 1) * value) / (family[target] ?? 1)).toFixed(6));
}

/** A number as channels write it: point, no zeros at the end, no exponent. */
export function numberText(value: number): string {
  const text = value.toFixed(6);
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** "10,5 см" → 10.5 and "см". undefined when the text is not one number with perhaps a unit. */
export function measureOf(text: string): { readonly value: number; readonly unit?: string } | undefined {
  const match = /^(-?\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?)\s*([^\d\s].{0,15})?$/.exec(text.trim());
  if (match === null) return undefined;
  const value = Number((match[1] ?? '').replace(/[ \u00a0]/g, '').replace(',', '.'));
  const unit = match[2]?.trim();
  return unit === undefined || unit === '' ? { value } : { value, unit };
}
