import { measureOf, nameForm } from '#kernel';
import { literalText, type Adoption, type AdoptedProduct, type AttributeValue, type FacetValues, type MasterAttribute, type PictureJudge } from '#channels/contract';
import { type CategoryTree, findLeaf, leafById } from './yandex-market.categories.js';
import { isEcho } from './yandex-market.echo.js';
import { NO_BRAND, VENDOR } from './yandex-market.normalise.js';
import { type Parameter, referenceKey } from './yandex-market.references.js';
import { BRAND_NAMES, COUNTRY_NAMES } from './yandex-market.render-attributes.js';
import { valuesOf } from './yandex-market.render-values.js';

const NOBODY_LOOKED: PictureJudge = { same: () => undefined };

interface Held {
  readonly parameter: Parameter;
  readonly values: readonly AttributeValue[];
}

/** Market's cards as products: names instead of ids. Videos, manuals, age, guarantee and what no characteristic of the category speaks of stay on the channel. */
export const adoption: Adoption = {
  needs: ({ category = '' }) => (category === '' ? [] : [referenceKey.tree, referenceKey.parameters(category)]),
  product(values, references): AdoptedProduct {
    const { title = '', description = '', category = '', attributes = {} } = values;
    const brand = brandOf(attributes);
    const schema = (references(referenceKey.parameters(category)) as readonly Parameter[] | undefined) ?? [];
    const named = new Map<string, MasterAttribute>();
    for (const held of heldBy(attributes, schema)) {
      // What would come out as something else, sent to Market, stays there as it is.
      const value = masterValues(held).find((one) => echoes(held, one));
      if (value !== undefined) named.set(held.parameter.name, value);
    }
    // Said by the product itself: rendered again, its brand fills the characteristic of that name too.
    takeOut(named, schema, BRAND_NAMES, (text) => text === brand);
    const country = takeOut(named, schema, COUNTRY_NAMES, () => true);
    return {
      title: literalText(title),
      description,
      category: pathOf(references(referenceKey.tree) as CategoryTree | undefined, category),
      ...(brand === undefined ? {} : { brand }),
      ...(country === undefined ? {} : { country }),
      attributes: Object.fromEntries(named),
    };
  },
};

function brandOf(attributes: FacetValues['attributes']): string | undefined {
  const brand = attributes[VENDOR]?.[0]?.text;
  return brand === NO_BRAND ? undefined : brand;
}

/** What the card says of its category's characteristics, each name once: a master attribute finds the first of a name. */
function heldBy(attributes: FacetValues['attributes'], schema: readonly Parameter[]): readonly Held[] {
  const seen = new Set<string>();
  return schema.flatMap((parameter): Held[] => {
    const form = nameForm(parameter.name);
    if (seen.has(form)) return [];
    seen.add(form);
    const values = attributes[parameter.id];
    return values === undefined ? [] : [{ parameter, values }];
  });
}

/** How a person would write the values, simplest first. */
function masterValues({ parameter, values }: Held): readonly MasterAttribute[] {
  const texts = values.map((value) => textOf(parameter, value));
  const [only] = texts;
  if (only === undefined || texts.length > 1) return [texts];
  if (parameter.type === 'BOOLEAN') return [/^(true|да)$/i.test(only)];
  const measure = parameter.type === 'NUMERIC' ? measureOf(only) : undefined;
  return [...(measure === undefined ? [] : [measure]), only, texts];
}

/** The list's own word for a value that is in it. */
function textOf({ values }: Parameter, { id, text }: AttributeValue): string {
  return values.find((one) => one.id === id)?.value ?? text;
}

function echoes({ parameter, values }: Held, value: MasterAttribute): boolean {
  return isEcho('attributes', { [parameter.id]: valuesOf(parameter, value).values }, { [parameter.id]: values }, NOBODY_LOOKED) === 'yes';
}

/** Takes the text of the first of these characteristics that the category has, which a product says in a field of its own. */
function takeOut(named: Map<string, MasterAttribute>, schema: readonly Parameter[], forms: readonly string[], fits: (text: string) => boolean): string | undefined {
  const form = forms.find((one) => schema.some(({ name }) => nameForm(name) === one));
  const name = [...named.keys()].find((one) => nameForm(one) === form);
  const value = name === undefined ? undefined : named.get(name);
  if (name === undefined || typeof value !== 'string' || !fits(value)) return undefined;
  named.delete(name);
  return value;
}

/** A path that leads back to the category; '' where none does. */
function pathOf(tree: CategoryTree = [], id: string): string {
  const path = leafById(tree, id)?.names.join(' / ') ?? '';
  return findLeaf(tree, path)?.id === id ? path : '';
}
