import type { EditedField } from './edit-journal.js';
import type { MasterDocument } from './hub-door.js';

const TITLE_MARK = / \(партия \d+\)$/;
const TEXT_MARK = / Поставка номер \d+\.$/;

/** A numeric attribute of the document, by name. */
export function numericAttribute(document: MasterDocument): { name: string; value: number; unit?: string } | undefined {
  for (const [name, value] of Object.entries(document.attributes)) {
    if (typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number') {
      return { name, value: value.value, ...('unit' in value && typeof value.unit === 'string' ? { unit: value.unit } : {}) };
    }
  }
  return undefined;
}

const total = (stock: Readonly<Record<string, number>>) => Object.values(stock).reduce((sum, pieces) => sum + pieces, 0);

/** The value of a field in a comparable form; undefined when the document has no such field. */
export function fieldValue(document: MasterDocument, field: EditedField): string | undefined {
  switch (field) {
    case 'title':
      return document.title;
    case 'description':
      return document.description;
    case 'price':
      return document.price === undefined ? undefined : String(document.price.minor);
    case 'stock':
      return String(total(document.stock));
    case 'media':
      return document.media.map((picture) => picture.digest).join(',');
    case 'attribute': {
      const attribute = numericAttribute(document);
      return attribute === undefined ? undefined : String(attribute.value);
    }
  }
}

/**
 * The patch of the n-th edit of a field. Values never come twice on one card, so that a value tells which edit it is from
 * (pictures only turn round). Undefined when the card has nothing of that kind to edit.
 */
export function patchFor(document: MasterDocument, original: MasterDocument, field: EditedField, mark: number): object | undefined {
  switch (field) {
    case 'title':
      return { title: `${document.title.replace(TITLE_MARK, '')} (партия ${mark})` };
    case 'description':
      return { description: `${document.description.replace(TEXT_MARK, '')} Поставка номер ${mark}.` };
    case 'price':
      // One rouble less each time: stays above the floor and within what the channel calls no jump.
      return original.price === undefined || mark > 40 ? undefined : { price: { minor: original.price.minor - mark * 100, currency: original.price.currency } };
    case 'stock':
      return { stock: { ...Object.fromEntries(Object.keys(document.stock).map((code) => [code, 0])), [Object.keys(document.stock)[0] ?? 'main']: 300 + ((mark * 37) % 200) } };
    case 'attribute': {
      const attribute = numericAttribute(original);
      return attribute === undefined
        ? undefined
        : { attributes: { [attribute.name]: { value: Math.round(attribute.value) + mark, ...(attribute.unit === undefined ? {} : { unit: attribute.unit }) } } };
    }
    case 'media':
      return document.media.length < 2 ? undefined : { media: [...document.media.slice(1), ...document.media.slice(0, 1)] };
  }
}

/** Field by field, the document after a patch made by `patchFor`. */
export function patched(document: MasterDocument, patch: object): MasterDocument {
  const change = patch as Partial<MasterDocument>;
  return { ...document, ...change, attributes: { ...document.attributes, ...change.attributes }, stock: { ...document.stock, ...change.stock } };
}
