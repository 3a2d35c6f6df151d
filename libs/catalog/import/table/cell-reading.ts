import { barcodeFault } from '../../document/barcode.js';
import type { FaultCode, FaultParams } from '../../faults/fault-texts.js';

/** Tells why a value of a row was not taken. */
export type Warn = (field: string, value: unknown, code: FaultCode, params?: FaultParams) => void;

const VAT: Readonly<Record<string, number>> = { 'без ндс': 0, 'не облагается': 0, '0': 0, '5': 5, '7': 7, '10': 10, '20': 20, '22': 22 };
const YES = ['1', 'true', 'yes', 'да', 'истина', '是'];
const NO = ['0', 'false', 'no', 'нет', 'ложь', '否'];

/** "НДС 20%", "0", "без НДС". */
export function readVat(text: string): number | undefined {
  const plain = text
    .toLowerCase()
    .replace(/^ндс\s*/, '')
    .replace(/\s*%$/, '');
  return Object.hasOwn(VAT, plain) ? VAT[plain] : undefined;
}

export function readYesNo(text: string): boolean | undefined {
  const plain = text.toLowerCase();
  return YES.includes(plain) ? true : NO.includes(plain) ? false : undefined;
}

/** "Дом > Декор", "Дом/Декор" and "Дом | Декор" as "Дом / Декор". */
export function readCategory(text: string): string {
  if (text.includes(' / ')) {
    const parts = text.split(' / ').map((part) => part.trim());
    return parts.filter((part) => part !== '').join(' / ');
  }
  return text
    .split(/\s*[/>\\|]\s*/)
    .filter((part) => part !== '')
    .join(' / ');
}

/** "0,125" with a factor of 1000 → 125; never below 1. */
export function readMeasure(text: string, factor: number): number | undefined {
  if (!/^\d{1,9}([.,]\d{1,9})?$/.test(text)) return undefined;
  const value = Number(text.replace(',', '.')) * factor;
  return value > 0 ? Math.max(1, Math.round(value)) : undefined;
}

export function readPieces(text: string): number | undefined {
  return /^\d{1,8}([.,]0+)?$/.test(text) ? parseInt(text, 10) : undefined;
}

/** A plain decimal number; no thousands, no exponent beyond what a double holds exactly as text. */
export function readNumber(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^-?\d{1,15}(\.\d{1,12})?$/.test(plain) ? Number(plain) : undefined;
}

/** The codes of one cell that are barcodes; the others are told of and left out. */
export function readBarcodes(text: string, warn: Warn): string[] {
  const codes = [...new Set(text.split(/[\s,;|]+/).filter((code) => code !== ''))];
  return codes.filter((barcode) => {
    const fault = barcodeFault(barcode);
    if (fault) warn('barcodes', barcode, `barcode-${fault}`, { barcode });
    return fault === undefined;
  });
}
