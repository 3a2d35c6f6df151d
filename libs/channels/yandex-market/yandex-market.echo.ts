import { convert, measureOf, nameForm } from '#kernel';
import { type AttributeValue, attributesEcho, echoJudge, numberForm, plainEchoes, statusEcho } from '#channels/contract';
import { unitOf } from './yandex-market.normalise.js';

const FLAGS: Readonly<Record<string, string>> = { да: 'true', нет: 'false' };

/** Does Market show what we want, in its own way of showing it? Rules: docs/channels/yandex-market.md, "What counts as equal". */
export const isEcho = echoJudge({
  ...plainEchoes,
  attributes: attributesEcho((_id, desired, observed) => sameValue(desired, observed)),
  price: (desired, observed) => (desired.price === observed.price && (desired.old ?? 0) === (observed.old ?? 0) && desired.currency === observed.currency ? 'yes' : 'no'),
  // A new card waits for Market to make it: neither proof that all is well nor a difference that could be repaired.
  status: statusEcho(['moderation-pending', 'not-created']),
});

function sameValue(desired: AttributeValue, observed: AttributeValue): boolean {
  const unit = unitOf(desired);
  if (unit !== undefined) return sameMeasure(unit, desired.text, unitOf(observed), observed.text);
  if (desired.id !== undefined && observed.id !== undefined) return desired.id === observed.id;
  return textForm(desired.text) === textForm(observed.text);
}

/** "710 Вт" and "0.71 кВт" are one power. A number without a unit is in the characteristic's usual one, which is the one we send. */
function sameMeasure(unit: string, desired: string, observedUnit: string | undefined, observed: string): boolean {
  const wanted = measureOf(desired);
  const shown = measureOf(observed);
  if (wanted === undefined || shown === undefined) return textForm(desired) === textForm(observed);
  if (observedUnit === undefined || observedUnit === unit) return near(wanted.value, shown.value);
  const converted = wanted.unit === undefined || shown.unit === undefined ? undefined : convert(shown.value, shown.unit, wanted.unit);
  return converted !== undefined && near(wanted.value, converted);
}

function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-6 * Math.max(1, Math.abs(left), Math.abs(right));
}

function textForm(text: string): string {
  const form = nameForm(numberForm(text));
  return FLAGS[form] ?? form;
}
