import { unguardCell, guardCell } from '../../formats/formula-guard.js';
import { cellText } from '../../import/table/row-to-patch.js';

/** What cells of a kind of file can hold. */
export interface CellForm {
  /** Whether the text comes back exactly as it was. */
  readonly holds: (text: string) => boolean;
  /** Characters of the longest cell. */
  readonly longest: number;
}

export const CSV_CELLS: CellForm = { holds: comesBack, longest: Number.POSITIVE_INFINITY };

/** XML turns carriage returns into line feeds, knows no non-characters, and spreadsheets read _x000D_ as a code. */
const LOST_IN_XLSX = /[\r\ufffe\uffff]|_x[0-9a-f]{4}_/i;

export const XLSX_CELLS: CellForm = { holds: (text) => comesBack(text) && !LOST_IN_XLSX.test(text), longest: 32_000 };

function comesBack(text: string): boolean {
  return text !== '' && cellText(guardCell(text)) === text && unguardCell(guardCell(text)) === text;
}

/** JSON in which nothing is left that a cell could change. */
export function jsonCell(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u00a0\u2028\u2029\u202f\ufeff\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/gi,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
