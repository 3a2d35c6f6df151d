import { nameForm } from '#kernel';
import type { PushItem, References } from '#channels/contract';
import { attributesInOrder, type Attributes, choicesOf, editedAttributes } from './woocommerce.attributes.js';
import type { CreateBody } from './woocommerce.bodies.js';
import { groupEdit, missing, ownFields, stockFields } from './woocommerce.fields.js';
import { escaped } from './woocommerce.readable.js';
import { SITE } from './woocommerce.observe.js';
import { priceFields } from './woocommerce.price.js';

/** A product of a model with axes is made as a variation, any other as a simple product. Pictures come afterwards: one that cannot be fetched would cost the whole card. */
export function composeCreate(item: PushItem, references: References): CreateBody {
  const { values, product } = item;
  const stock = values.stock?.[SITE];
  const own = {
    status: 'publish',
    ...ownFields(values, references),
    ...(values.price === undefined ? {} : priceFields(values.price, false)),
    ...(stock === undefined ? {} : stockFields(stock, references)),
  };
  const description = product?.description ?? values.description ?? '';
  const text = { name: escaped(values.title ?? missing('title')), description: escaped(description) };
  const category = values.category === undefined ? {} : { category: values.category };
  const attributes = values.attributes ?? {};
  const axes = axesOf(item, attributes);
  if (product?.model === undefined || axes.size === 0) {
    return { sku: item.key, fields: { type: 'simple', ...text, ...own, attributes: editedAttributes([], { set: attributes, drop: [], offer: {} }) }, ...category };
  }
  const edit = groupEdit(attributes, axes, []);
  return {
    sku: item.key,
    fields: { ...own, description, attributes: choicesOf(edit.offer) },
    ...category,
    group: { sku: product.model.code, fields: { type: 'variable', status: 'publish', ...text }, attributes: edit },
  };
}

/** The axes of the model by their names on the site: the same name, or the attribute that holds the same value under a name a rule gave it. */
function axesOf({ product }: PushItem, attributes: Attributes): ReadonlySet<string> {
  const names = Object.keys(attributesInOrder(attributes));
  const found = (product?.model?.axes ?? []).flatMap((axis) => {
    const own = names.find((name) => nameForm(name) === nameForm(axis));
    if (own !== undefined) return [own];
    const value = product?.attributes[axis];
    const renamed = typeof value === 'string' ? names.find((name) => attributes[name]?.[0]?.text === value) : undefined;
    return renamed === undefined ? [] : [renamed];
  });
  return new Set(found);
}
