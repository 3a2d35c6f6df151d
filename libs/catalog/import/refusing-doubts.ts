import type { FaultCode } from '../faults/fault-texts.js';
import type { ValidationIssue } from '../faults/validation-issue.js';

/** A price that cannot be read refuses its row: taken without it, the product would go on selling at the old price, and nobody would look. */
const REFUSING: ReadonlySet<FaultCode> = new Set<FaultCode>(['table-money', 'feed-money']);

/** Of what a row was read with a doubt about, that which refuses the row as a whole. */
export function refusingDoubts(doubts: readonly ValidationIssue[]): ValidationIssue[] {
  return doubts.filter(({ code }) => REFUSING.has(code));
}
