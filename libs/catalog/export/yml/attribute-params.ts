import type { AttributeValue } from '../../document/product-document.js';
import { sameValue } from '../../document/canonical-document.js';
import { keepForm } from '../../formats/fit-to-current.js';
import { AttributeList } from '../../formats/product-row.js';
import { paramValue } from '../../formats/yml/yml-offer.js';
import { holdsInXml } from './xml-text.js';

export interface Param {
  readonly name: string;
  readonly text: string;
  /** Even an empty one says that the value is a number. */
  readonly unit?: string;
}

/** The `<param>`s of an attribute; none for a value that a feed would not give back as it was. */
export function attributeParams(name: string, value: AttributeValue): Param[] {
  const params = written(name, value);
  if (!params.every(({ text, unit = '' }) => [name, text, unit].every(holdsInXml))) return [];
  const read = new AttributeList();
  for (const { text, unit } of params) read.add(name, paramValue(text.trim(), unit));
  const back = read.record()[name];
  return back !== undefined && name.trim() === name && sameValue(keepForm(back, value), value) ? params : [];
}

function written(name: string, value: AttributeValue): Param[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [{ name, text: String(value) }];
  if ('value' in value) return [{ name, text: String(value.value), unit: value.unit ?? '' }];
  return value.map((text) => ({ name, text }));
}
