import type { AttributeValue } from '../../document/product-document.js';

type Field = 'brand' | 'country' | 'weight' | 'length' | 'width' | 'height';

/** Bases that lack an element of the exchange keep the value in a property; these are the names seen for it, in lower case. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  brand: ['торговая марка', 'бренд', 'марка'],
  country: ['страна производства', 'страна происхождения', 'страна изготовления', 'страна'],
  weight: ['габарит_вес', 'вес брутто', 'вес в упаковке', 'вес'],
  length: ['габарит_длина', 'длина упаковки', 'длина в упаковке'],
  width: ['габарит_ширина', 'ширина упаковки', 'ширина в упаковке'],
  height: ['габарит_высота', 'высота упаковки', 'высота в упаковке'],
};

/** The texts of fields that a product keeps as properties. */
export class PropertyFields {
  private readonly byName: ReadonlyMap<string, AttributeValue>;

  constructor(attributes: Readonly<Record<string, AttributeValue>>) {
    this.byName = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
  }

  text(field: 'brand' | 'country'): string | undefined {
    const value = this.find(field);
    return typeof value === 'string' ? value : undefined;
  }

  /** The amount as a text. */
  amount(field: 'weight' | 'length' | 'width' | 'height'): string | undefined {
    const value = this.find(field);
    if (typeof value === 'string') return value;
    return typeof value === 'object' && 'value' in value ? String(value.value) : undefined;
  }

  private find(field: Field): AttributeValue | undefined {
    for (const name of NAMES[field]) {
      const value = this.byName.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
