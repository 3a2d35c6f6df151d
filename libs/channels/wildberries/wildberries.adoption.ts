import { nameForm } from '#kernel';
import {
  literalText,
  type Adoption,
  type AdoptedProduct,
  type AttributeValue,
  type FacetValues,
  type MasterAttribute,
  type PictureJudge,
  type References,
} from '#channels/contract';
import { articleOf, sizeOfKey } from './wildberries.card-keys.js';
import { isEcho } from './wildberries.echo.js';
import { BRAND } from './wildberries.normalise.js';
import { type Characteristic, referenceKey } from './wildberries.references.js';
import { COUNTRY, VAT, listKey } from './wildberries.render-attributes.js';
import { valuesOf } from './wildberries.render-values.js';
import { SIZE } from './wildberries.sizes.js';
import { type Subject, findSubject, subjectById } from './wildberries.subjects.js';

const NOBODY_LOOKED: PictureJudge = { same: () => undefined };
/** The rates that the catalog knows. */
const RATES: ReadonlySet<string> = new Set(['0', '5', '7', '10', '20', '22']);

interface Held {
  readonly schema: Characteristic;
  readonly values: readonly AttributeValue[];
}

/** Wildberries' cards as products: names instead of ids. Videos, documents, tags and what no characteristic of the subject speaks of stay on the channel. */
export const adoption: Adoption = {
  needs({ category = '', attributes = {} }, references) {
    if (category === '') return [];
    const keys = [referenceKey.subjects, referenceKey.characteristics(category)];
    return [...keys, ...new Set(heldBy(attributes, category, references).flatMap(({ schema }) => listKey(schema, category) ?? []))];
  },
  product(values, references, { key }): AdoptedProduct {
    const { title = '', description = '', category = '', attributes = {} } = values;
    const named = new Map<string, MasterAttribute>();
    for (const held of heldBy(attributes, category, references)) {
      const key = listKey(held.schema, category);
      const list = key === undefined ? undefined : (references(key) as readonly string[] | undefined);
      // What would come out as something else, sent to Wildberries, stays there as it is.
      const value = masterValues(held).find((one) => echoes(held, valuesOf(held.schema, one, list).values));
      if (value !== undefined) named.set(held.schema.name, value);
    }
    const brand = attributes[BRAND]?.[0]?.text;
    const country = takeOut(named, COUNTRY, () => true);
    const vat = takeOut(named, VAT, (rate) => RATES.has(rate));
    const size = sizeOfKey(key);
    if (size !== undefined) named.set(SIZE, size);
    return {
      title: literalText(title),
      description: literalText(description),
      category: pathOf(references(referenceKey.subjects) as readonly Subject[] | undefined, category),
      ...(brand === undefined ? {} : { brand }),
      ...(country === undefined ? {} : { country }),
      ...(vat === undefined ? {} : { vat: Number(vat) }),
      attributes: Object.fromEntries(named),
      // Sizes of one card are variants of one model, by which they find each other again.
      ...(size === undefined ? {} : { model: { code: articleOf(key), axes: [SIZE], title: literalText(title) } }),
    };
  },
};

/** What the card says of its subject's characteristics, each name once: a master attribute finds the first of a name. */
function heldBy(attributes: FacetValues['attributes'], category: string, references: References): readonly Held[] {
  const schema = (references(referenceKey.characteristics(category)) as readonly Characteristic[] | undefined) ?? [];
  const seen = new Set<string>();
  return schema.flatMap((one): Held[] => {
    if (one.named || one.type === 'unused') return [];
    const form = nameForm(one.name);
    if (seen.has(form)) return [];
    seen.add(form);
    const values = attributes[one.id];
    return values === undefined ? [] : [{ schema: one, values }];
  });
}

/** How a person would write the values, simplest first. */
function masterValues({ schema, values }: Held): readonly MasterAttribute[] {
  const texts = values.map(({ text }) => text);
  const [only] = texts;
  if (only === undefined || texts.length > 1) return [texts];
  if (schema.type === 'number') return [{ value: Number(only), ...(schema.unit === '' ? {} : { unit: schema.unit }) }];
  return [only, texts];
}

function echoes({ schema: { id }, values }: Held, sent: readonly AttributeValue[]): boolean {
  return isEcho('attributes', { [id]: sent }, { [id]: values }, NOBODY_LOOKED) === 'yes';
}

/** Takes the text of a characteristic that a product says in a field of its own. */
function takeOut(named: Map<string, MasterAttribute>, form: string, fits: (text: string) => boolean): string | undefined {
  const name = [...named.keys()].find((one) => nameForm(one) === form);
  const value = name === undefined ? undefined : named.get(name);
  if (name === undefined || typeof value !== 'string' || !fits(value)) return undefined;
  named.delete(name);
  return value;
}

/** A path that leads back to the subject; '' where none does. */
function pathOf(subjects: readonly Subject[] = [], id: string): string {
  const subject = subjectById(subjects, id);
  if (subject === undefined) return '';
  const path = `${subject.parent} / ${subject.name}`;
  return findSubject(subjects, path)?.id === id ? path : '';
}
