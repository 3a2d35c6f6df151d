/** Formats that every workbook has without saying so. */
const BUILT_IN: Readonly<Record<number, string>> = {
  9: '0%',
  10: '0.00%',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm',
  19: 'h:mm:ss',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
};

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1899, 11, 30);
const DAYS_1904 = 1462;

/** The code of a format that is not declared in the workbook; undefined for plain numbers and texts. */
export function dateFormat(id: number): string | undefined {
  return BUILT_IN[id];
}

/** Gives the numbers of a workbook as a person reads them in its cells. */
export class CellFormats {
  private readonly kinds: readonly ('date' | 'percent' | number | undefined)[];

  constructor(
    codes: readonly (string | undefined)[],
    private readonly from1904: boolean,
  ) {
    this.kinds = codes.map(kindOf);
  }

  /** A number as it stands in the file, by the style of its cell: digits kept exactly, dates as ISO, percents with their sign. */
  shown(raw: string, style: number): string {
    const kind = this.kinds[style];
    const value = Number(raw);
    if (raw.trim() === '' || !Number.isFinite(value)) return raw;
    if (kind === 'date') return this.date(value) ?? exact(raw);
    if (kind === 'percent') return `${exact(String(Number((value * 100).toPrecision(15))))}%`;
    const digits = exact(raw);
    return typeof kind === 'number' && /^\d+$/.test(digits) ? digits.padStart(kind, '0') : digits;
  }

  private date(serial: number): string | undefined {
    const days = this.from1904 ? serial + DAYS_1904 : serial;
    if (days < 0 || days > 2_958_466) return undefined;
    const text = new Date(FIRST_DAY + Math.round(days * 86_400) * 1000).toISOString();
    if (days < 1) return text.slice(11, 19);
    return Number.isInteger(days) ? text.slice(0, 10) : `${new Date(FIRST_DAY + Math.round((days * DAY_MS) / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ')}`;
  }
}

/** A date, a percent, or how many digits a code of zeros pads to. */
function kindOf(code: string | undefined): 'date' | 'percent' | number | undefined {
  if (code === undefined) return undefined;
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '').split(';')[0] ?? '';
  if (bare.includes('%')) return 'percent';
  if (/[ymdhs]/i.test(bare)) return 'date';
  return /^0{2,}$/.test(bare) ? bare.length : undefined;
}

/** The decimal digits of a number as written: what a spreadsheet shows has 15 of them, and never an exponent. */
function exact(raw: string): string {
  const plain = /^-?\d{1,15}$/.test(raw);
  if (plain) return raw;
  const short = Number(Number(raw).toPrecision(15));
  if (Number.isInteger(short) && Math.abs(short) < 1e21) return BigInt(short).toString();
  const text = String(short);
  return /e/i.test(text) ? short.toFixed(20).replace(/\.?0+$/, '') : text;
}
