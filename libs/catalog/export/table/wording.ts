import type { RevisionCause } from '../../write/revision-cause.js';

/** How a report names fields, values and causes to a person; given by whoever knows the person's language. */
export interface Wording {
  field(path: string): string;
  /** Empty for a value that is not there. */
  value(path: string, value: unknown): string;
  cause(cause: RevisionCause): string;
}

/** A cell of a workbook takes 32,767 characters. */
const LONGEST = 32_000;

/** A text that fits a cell of a workbook. */
export function cellText(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
