import { faulty } from './problem.js';

/** Opaque keyset cursors: what stood last on the page, as base64url JSON. */
export function writeCursor(last: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(last)).toString('base64url');
}

/** @throws Problem when the text is not a cursor of `length` parts */
export function readCursor(text: string | undefined, length: number): string[] | undefined {
  if (text === undefined || text === '') return undefined;
  const fault = (): Error => faulty({ field: 'cursor', value: text.slice(0, 100), code: 'cursor' });
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw fault();
  }
  if (!Array.isArray(parsed) || parsed.length !== length || !parsed.every((part) => typeof part === 'string' || typeof part === 'number')) throw fault();
  return parsed.map(String);
}

/** The cursor of a list ordered by one 64-bit id. */
export function readIdCursor(text: string | undefined): string | undefined {
  const id = readCursor(text, 1)?.[0];
  if (id !== undefined && !/^\d{1,18}$/.test(id)) throw faulty({ field: 'cursor', value: text?.slice(0, 100), code: 'cursor' });
  return id;
}
