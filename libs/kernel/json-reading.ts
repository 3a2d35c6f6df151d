import { BrokenContract } from './errors.js';

/*
 * Narrow readers for answers. Only what is used is checked; channels send ids and counts now as numbers, now as decimal
 * text, and null for whatever is empty.
 */

export type Doc = Readonly<Record<string, unknown>>;

const EMPTY: readonly unknown[] = [];

/** A JSON object. Throws `BrokenContract` naming `where`. */
export function readDoc(value: unknown, where: string): Doc {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BrokenContract(`${where}: expected an object`, value);
  return value as Doc;
}

/** A JSON object, or an empty one for null, a list or nothing (channels write an empty object in all three ways). */
export function readDocOrEmpty(value: unknown): Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Doc) : {};
}

/** A JSON list; null and absent are empty. Throws `BrokenContract` for anything else. */
export function readList(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return EMPTY;
  if (!Array.isArray(value)) throw new BrokenContract(`${where}: expected a list`, value);
  return value as readonly unknown[];
}

/** A list that must be there: an answer without it says nothing about what is not in it. Throws `BrokenContract`. */
export function readPresentList(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) throw new BrokenContract(`${where}: expected a list`, value);
  return readList(value, where);
}

/** Text; null and absent are empty, numbers are written out. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** A text that must be there. Throws `BrokenContract`. */
export function readKey(value: unknown, where: string): string {
  const text = readText(value);
  if (text === '') throw new BrokenContract(`${where}: expected a text`, value);
  return text;
}

/** An id as decimal text; `''` for zero and null, which both say "none". Throws `BrokenContract` for anything else. */
export function readId(value: unknown, where: string): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) throw new BrokenContract(`${where}: expected an id`, value);
    return value === 0 ? '' : String(value);
  }
  if (value === null || value === undefined || value === '' || value === '0') return '';
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  throw new BrokenContract(`${where}: expected an id`, value);
}

/** A finite number from a number or decimal text; null and absent are 0. Throws `BrokenContract` for anything else. */
export function readNumber(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value === null || value === undefined || value === '') return 0;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new BrokenContract(`${where}: expected a number`, value);
}

export function readFlag(value: unknown): boolean {
  return value === true || value === 'true';
}

/** One text or a list of texts: some members are a text in one answer and a list in another. */
export function readTexts(value: unknown, where: string): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return readList(value, where)
    .map(readText)
    .filter((text) => text !== '');
}

/** An id as a JSON number where that is exact, as text beyond. */
export function sendId(id: string): number | string {
  const value = Number(id);
  return Number.isSafeInteger(value) ? value : id;
}
