import type { FaultRule } from './board.js';

/** A member no specification knows. */
const SURPRISE = { surpriseFlag: true, surpriseDetails: { since: '2026-12-01', values: ['new', 7] } };

/** Answers as they look after the channel changed its API without a word. */
export function spoilAnswer(fault: FaultRule | undefined, answer: Buffer): Buffer {
  if (fault?.kind === 'surprise_fields') return Buffer.from(JSON.stringify(everyObject(JSON.parse(answer.toString('utf8')), (it) => ({ ...it, ...SURPRISE }))));
  if (fault?.kind !== 'rewrite_field' || fault.field === undefined) return answer;
  const { field, value } = fault;
  const rewritten = everyObject(JSON.parse(answer.toString('utf8')), ({ [field]: old, ...rest }) =>
    old === undefined || value === undefined ? rest : { ...rest, [field]: value },
  );
  return Buffer.from(JSON.stringify(rewritten));
}

function everyObject(value: unknown, change: (object: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => everyObject(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, everyObject(inner, change)])));
}
