import { type Doc, line, nameForm, plainText, readDoc, readId, readList, readText } from '#kernel';
import type { AttributeValue, FacetValues, Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';

export type Attributes = FacetValues['attributes'];

/** Global attributes of the site by name: their values are terms that the shop filters by. */
export type GlobalAttributes = Readonly<Record<string, string>>;

/** The list is short and comes whole, without pages. */
export async function readGlobalAttributes(client: WooClient, run: Run): Promise<GlobalAttributes> {
  const { items } = await client.page('/products/attributes', {}, run);
  return Object.fromEntries(
    items.map((value) => {
      const doc = readDoc(value, 'attributes');
      return [nameForm(plainText(readText(doc['name']))), readId(doc['id'], 'attributes.id')];
    }),
  );
}

/** An attribute as a product holds it: a global one by its id, one of the product's own by its name (id 0). */
export interface SiteAttribute {
  readonly id?: number;
  readonly name?: string;
  /** Its place among the others; without one it would be the first. */
  readonly position: number;
  readonly visible: boolean;
  /** Variations differ by it. */
  readonly variation: boolean;
  readonly options: readonly string[];
}

/** How the attributes of a product are to change; the list is replaced whole, so it is laid over the live one. */
export interface AttributeEdit {
  readonly set: Attributes;
  readonly drop: readonly string[];
  /** Values that variations must be able to choose: added to those that are there. */
  readonly offer: Attributes;
}

/** By name; `id` is the global attribute's. Names ascending, values without a text gone. */
export function attributesInOrder(attributes: Attributes): Attributes {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const name of Object.keys(attributes).sort()) {
    const values = (attributes[name] ?? []).map((value) => ({ ...(value.id === undefined ? {} : { id: value.id }), text: line(value.text) })).filter((value) => value.text !== '');
    if (values.length > 0) out[name] = values;
  }
  return out;
}

/** Live attributes of a product; `axes: false` leaves out those that its variations differ by. */
export function shownAttributes(value: unknown, axes: boolean): Attributes {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const doc of docsOf(value)) {
    if (!axes && doc['variation'] === true) continue;
    const options = readList(doc['options'], 'attributes.options').map((option) => valueOf(doc, plainText(readText(option))));
    out[nameOf(doc)] = options;
  }
  return attributesInOrder(out);
}

/** What a variation has chosen; an empty choice is "any". */
export function chosenAttributes(value: unknown): Attributes {
  return attributesInOrder(Object.fromEntries(docsOf(value).map((doc) => [nameOf(doc), [valueOf(doc, plainText(readText(doc['option'])))]])));
}

/** The list to send: live attributes in their places and as they are, ours laid over them. */
export function editedAttributes(live: unknown, edit: AttributeEdit): readonly SiteAttribute[] {
  const list = docsOf(live).map((doc, at): SiteAttribute & { readonly form: string } => {
    const id = Number(readId(doc['id'], 'attributes.id') || 0);
    return {
      ...(id > 0 ? { id } : { name: readText(doc['name']) }),
      position: typeof doc['position'] === 'number' ? doc['position'] : at,
      visible: doc['visible'] !== false,
      variation: doc['variation'] === true,
      options: readList(doc['options'], 'attributes.options').map(readText),
      form: formOf(nameOf(doc)),
    };
  });
  const dropped = new Set(edit.drop.map(formOf));
  const kept = list.filter((one) => one.variation || !dropped.has(one.form));
  for (const [name, values] of Object.entries(edit.set)) put(kept, name, values, (own) => ({ ...own, options: values.map((value) => value.text) }));
  for (const [name, values] of Object.entries(edit.offer)) {
    put(kept, name, values, (own) => {
      const known = new Set(own.options.map(formOf));
      return { ...own, variation: true, options: [...own.options, ...values.map((value) => value.text).filter((text) => !known.has(formOf(text)))] };
    });
  }
  return kept.map(({ form: _form, ...attribute }) => attribute);
}

type Listed = SiteAttribute & { readonly form: string };

function put(list: Listed[], name: string, values: readonly AttributeValue[], change: (own: Listed) => Listed): void {
  const form = formOf(name);
  const at = list.findIndex((one) => one.form === form);
  const position = Math.max(-1, ...list.map((one) => one.position)) + 1;
  const fresh: Listed = { ...identity(name, values), position, visible: true, variation: false, options: [], form };
  if (at < 0) list.push(change(fresh));
  else list[at] = change(list[at] ?? fresh);
}

/** How an attribute is named in a request. */
export function identity(name: string, values: readonly AttributeValue[]): { readonly id: number } | { readonly name: string } {
  const id = values[0]?.id;
  return id === undefined ? { name } : { id: Number(id) };
}

/** What a variation chooses of an attribute, as a request names it. */
export type Choice = ReturnType<typeof identity> & { readonly option: string };

export function choicesOf(chosen: Attributes): readonly Choice[] {
  return Object.entries(chosen).map(([name, values]) => ({ ...identity(name, values), option: values[0]?.text ?? '' }));
}

/** In the words of the group, letter by letter: only a choice that is spelled as the group lists it can be bought. */
export function asListed(choices: readonly Choice[], listed: unknown): readonly Choice[] {
  const attributes = docsOf(listed);
  return choices.map((choice) => {
    const own = attributes.find((doc) => ('id' in choice ? readId(doc['id'], 'attributes.id') === String(choice.id) : formOf(nameOf(doc)) === formOf(choice.name)));
    if (own === undefined) return choice;
    const option =
      readList(own['options'], 'attributes.options')
        .map(readText)
        .find((text) => sameOption(text, choice.option)) ?? choice.option;
    return 'id' in choice ? { ...choice, option } : { name: readText(own['name']), option };
  });
}

export function sameOption(desired: string, observed: string): boolean {
  return formOf(desired) === formOf(observed);
}

function formOf(text: string): string {
  return nameForm(plainText(text));
}

function docsOf(value: unknown): readonly Doc[] {
  return readList(value, 'attributes').map((one) => readDoc(one, 'attributes'));
}

function nameOf(doc: Doc): string {
  return line(plainText(readText(doc['name'])));
}

function valueOf(doc: Doc, text: string): AttributeValue {
  const id = readId(doc['id'], 'attributes.id');
  return id === '' ? { text } : { id, text };
}
