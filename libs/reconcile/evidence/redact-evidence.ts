import { knownSecrets, redact } from '#platform';

/** Documents of a card. They are compared word by word, so nothing in them is masked on suspicion ("Basic Premium" is a product name here). */
const DOCUMENTS = ['observed', 'expected', 'desired', 'after'];

function maskKnown(value: unknown): unknown {
  if (typeof value === 'string') return knownSecrets.maskIn(value);
  if (Array.isArray(value)) return value.map(maskKnown);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, maskKnown(member)]));
  return value;
}

/** A body without secrets: requests, answers and the rest by name, pattern and value, a card's documents by value only. */
export function redactEvidence(body: object): unknown {
  const members = Object.entries(body);
  const rest = redact(Object.fromEntries(members.filter(([name]) => !DOCUMENTS.includes(name))));
  return { ...(rest as object), ...Object.fromEntries(members.filter(([name]) => DOCUMENTS.includes(name)).map(([name, value]) => [name, maskKnown(value)])) };
}
