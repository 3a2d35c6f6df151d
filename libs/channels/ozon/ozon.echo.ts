import { plainText } from '#kernel';
import { attributesEcho, echoJudge, numberForm, plainEchoes, statusEcho, type AttributeValue } from '#channels/contract';
import { ATTRIBUTE } from './ozon.attribute-ids.js';

/** Does Ozon show what we want, in its own way of showing it? Rules: docs/channels/ozon.md, "What counts as equal". A new card waits for its first verdict. */
export const isEcho = echoJudge({ ...plainEchoes, attributes: attributesEcho(sameValue), status: statusEcho(['moderation-pending', 'not-created']) });

function sameValue(attribute: string, desired: AttributeValue, observed: AttributeValue): boolean {
  if (desired.id !== undefined && observed.id !== undefined) return desired.id === observed.id;
  if (attribute === ATTRIBUTE.richContent) return sameJson(desired.text, observed.text);
  return textForm(desired.text) === textForm(observed.text);
}

const FLAGS: Readonly<Record<string, string>> = { true: 'да', false: 'нет' };

/** Numbers as numbers; "true" and "Да" are one answer. */
function textForm(text: string): string {
  const form = numberForm(text);
  const lower = form.toLowerCase();
  return FLAGS[lower] ?? (lower === 'да' || lower === 'нет' ? lower : form);
}

function sameJson(left: string, right: string): boolean {
  const a = canonicalJson(left);
  return a !== undefined && a === canonicalJson(right);
}

function canonicalJson(text: string): string | undefined {
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return plainText(text);
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
