import type { AttributeDeclaration } from '../../attributes/attribute-declaration.js';
import { declaredIn } from '../../attributes/attribute-declaration.js';
import { HEADERS, PLAIN_COLUMNS } from '../../export/table/headers.js';
import type { Language } from '../../faults/fault-texts.js';

/** The header of a table to be filled in: the fields of a product, and the attributes declared for a category. The import reads each by itself. */
export function templateHeader(language: Language, category: string | undefined, declarations: readonly AttributeDeclaration[]): string[] {
  const names = HEADERS[language];
  const declared = category === undefined ? [] : [...declaredIn(category, declarations).values()];
  const attributes = declared.sort((a, b) => Number(b.required) - Number(a.required) || a.name.localeCompare(b.name, language));
  return [...PLAIN_COLUMNS.map((column) => names[column]), names.stock, ...attributes.map(({ name, type, unit }) => (type === 'number' ? `${name} [${unit ?? ''}]` : name))];
}
