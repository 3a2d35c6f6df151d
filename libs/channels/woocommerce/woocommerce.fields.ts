import { type Diagnostic, nameForm, Refused } from '#kernel';
import type { CardValues, References } from '#channels/contract';
import type { AttributeEdit, Attributes } from './woocommerce.attributes.js';
import type { Fields } from './woocommerce.bodies.js';
import { referenceKey } from './woocommerce.references.js';
import { sizesOf, type ShopSettings } from './woocommerce.settings.js';

/** What a product and a variation hold in the same way. */
export function ownFields(values: CardValues, references: References): Fields {
  const fields: Record<string, unknown> = {};
  if (values.barcodes !== undefined) fields['global_unique_id'] = values.barcodes[0] ?? '';
  if (values.dimensions !== undefined) {
    const settings = references(referenceKey.settings) as ShopSettings | undefined;
    if (settings === undefined) missing('dimensions', 'woocommerce.reference-missing', { key: referenceKey.settings });
    const { weight, dimensions } = sizesOf(values.dimensions, settings);
    const sides = Object.fromEntries(Object.entries(dimensions).filter(([, side]) => side !== ''));
    if (weight !== '') fields['weight'] = weight;
    if (Object.keys(sides).length > 0) fields['dimensions'] = sides;
  }
  return fields;
}

/** Pieces as the shop keeps them. One that does not count would hold the figure back, until somebody has it count. */
export function stockFields(pieces: number, references: References): Fields {
  const settings = references(referenceKey.settings) as ShopSettings | undefined;
  if (settings?.countsStock === false) return { stock_status: pieces > 0 ? 'instock' : 'outofstock' };
  return { manage_stock: true, stock_quantity: pieces };
}

/** What all variations share goes to the group; what tells them apart is offered there and chosen by the variation. */
export function groupEdit(attributes: Attributes, axes: ReadonlySet<string>, drop: readonly string[]): AttributeEdit {
  const forms = new Set([...axes].map(nameForm));
  const isAxis = (name: string) => forms.has(nameForm(name));
  const part = (inAxes: boolean) => Object.fromEntries(Object.entries(attributes).filter(([name]) => isAxis(name) === inAxes));
  return { set: part(false), drop: drop.filter((name) => !isAxis(name)), offer: part(true) };
}

export function missing(path: string, code = 'woocommerce.nothing-to-send', params?: Diagnostic['params']): never {
  throw new Refused(`Nothing to send: ${code}`, [{ severity: 'error', path, code, ...(params === undefined ? {} : { params }) }]);
}
