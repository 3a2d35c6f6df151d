import { explainFault, type FaultCode, type FaultParams } from './fault-texts.js';

/** One fault of one value, addressed to the person who gave it. `field` is its place in the document ("attributes.Цвет"). */
export interface ValidationIssue {
  readonly field: string;
  /** The value as given, shortened for showing. */
  readonly value: string;
  /** Stable; with `params` it gives reason and remedy in any language by `explainFault`. */
  readonly code: FaultCode;
  readonly params?: FaultParams;
  /** In English, for logs and for callers that know no codes. */
  readonly reason: string;
  readonly remedy: string;
}

const SHOWN = 120;

/** How a value that is not there is shown, in any language. */
export const NO_VALUE = '—';

/** The issue of a value; `value` is shortened here. */
export function issueOf(field: string, value: unknown, code: FaultCode, params?: FaultParams): ValidationIssue {
  return { field, value: shown(value), code, ...(params && { params }), ...explainFault({ code, params }, 'en') };
}

/** A value as one short line: texts in quotes, everything else as JSON. */
export function shown(value: unknown): string {
  if (value === undefined) return NO_VALUE;
  const text = (JSON.stringify(value) ?? String(value)).replace(/\p{Surrogate}/gu, '\ufffd');
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
