import { measureOf, nameForm, numberText, sendId } from '#kernel';
import type { AttributeValue, PushItem, References } from '#channels/contract';
import { NO_BRAND, VENDOR, unitOf } from './yandex-market.normalise.js';
import type { ParameterValue } from './yandex-market.observe.js';
import { type Parameter, referenceKey } from './yandex-market.references.js';
import { BRAND_NAMES } from './yandex-market.render-attributes.js';
import { valuesOf } from './yandex-market.render-values.js';

/** What a call says of a card's brand and characteristics: members of the offer, none of them when these are to stay as they are. */
interface SentCharacteristics {
  readonly vendor?: string;
  readonly parameterValues?: readonly ParameterValue[];
}

/**
 * The brand where it is ours to tell, and all characteristics: ours laid over the `live` ones, which go back as they are (undefined: the
 * card is new). What another category left on the card has no place in this one; whether it has one for ours, Market itself tells.
 */
export function sentCharacteristics(item: PushItem, live: readonly ParameterValue[] | undefined, category: string, references: References): SentCharacteristics {
  const { attributes: wanted } = item.values;
  if (wanted === undefined && live !== undefined) return {};
  const schema = schemaOf(category, references);
  const gone = new Set(item.dropAttributes);
  const sent: Record<string, readonly ParameterValue[]> = {};
  for (const one of live ?? []) {
    const id = String(one.parameterId);
    if (!gone.has(id) && schema?.has(id) !== false) sent[id] = [...(sent[id] ?? []), one];
  }
  for (const [id, values] of Object.entries(wanted ?? {})) if (id !== VENDOR) sent[id] = values.map((value) => ({ parameterId: sendId(id), ...sentValue(value) }));
  const unsaid = live === undefined ? brandsOf(schema) : [...gone].filter((id) => /^\d+$/.test(id));
  const erased = unsaid.filter((id) => sent[id] === undefined).map((id) => ({ parameterId: sendId(id), ...nothing(schema?.get(id)) }));
  const parameterValues = [...Object.values(sent).flat(), ...erased];
  const vendor = wanted?.[VENDOR]?.[0]?.text ?? (live === undefined || gone.has(VENDOR) ? NO_BRAND : undefined);
  return { ...(vendor === undefined ? {} : { vendor }), ...(parameterValues.length === 0 ? {} : { parameterValues }) };
}

type Schema = ReadonlyMap<string, Parameter>;

/** The category's characteristics by id, once they are known. */
function schemaOf(category: string, references: References): Schema | undefined {
  const known = references(referenceKey.parameters(category));
  return Array.isArray(known) ? new Map((known as readonly Parameter[]).map((one) => [one.id, one])) : undefined;
}

const isBrand = ({ name, required }: Parameter): boolean => required && BRAND_NAMES.includes(nameForm(name));

/** Characteristics in which the category wants the brand named. */
function brandsOf(schema: Schema | undefined): readonly string[] {
  return [...(schema?.values() ?? [])].filter(isBrand).map(({ id }) => id);
}

/** A value that says nothing: it takes a characteristic off the card. A brand that must be named is none. */
function nothing(parameter: Parameter | undefined): Omit<ParameterValue, 'parameterId'> {
  const [none] = parameter !== undefined && isBrand(parameter) ? valuesOf(parameter, NO_BRAND).values : [];
  return none === undefined ? { value: '' } : sentValue(none);
}

function sentValue(value: AttributeValue): Omit<ParameterValue, 'parameterId'> {
  const unit = unitOf(value);
  if (unit !== undefined) return { unitId: sendId(unit), value: plainNumber(value.text) };
  return value.id === undefined ? { value: value.text } : { valueId: sendId(value.id), value: value.text };
}

function plainNumber(text: string): string {
  const measure = measureOf(text);
  return measure === undefined ? text : numberText(measure.value);
}
