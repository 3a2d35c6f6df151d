import { nameForm } from '#kernel';
import type { MasterAttribute, ProductSnapshot } from '#channels/contract';

/** How the catalog calls the size of a product. */
export const SIZE = 'Размер';

/** Master attributes that name the size of a product, as the maker writes it and as Russia does. */
const MAKER = [SIZE, 'размер производителя', 'size'].map(nameForm);
const RUSSIAN = ['российский размер', 'рос. размер', 'российский размер обуви'].map(nameForm);

/** True for attributes that travel in `sizes` and not among the characteristics. */
export function isSizeName(name: string): boolean {
  return MAKER.includes(nameForm(name)) || RUSSIAN.includes(nameForm(name));
}

/** The size of a product that has one, whichever of its names is known; goods without sizes have neither. */
export function sizeNames(product: ProductSnapshot | undefined): { readonly techSize?: string; readonly wbSize?: string } {
  const [maker, russian] = [valueOf(product, MAKER), valueOf(product, RUSSIAN)];
  const techSize = maker ?? russian;
  return techSize === undefined ? {} : { techSize, wbSize: russian ?? techSize };
}

/**
 * The title of the card that a size belongs to: the model's, or the product's without the size at its end ("Платье, размер 42 (S)"),
 * since titles of sizes mostly differ by that alone.
 */
export function titleOfCard(product: ProductSnapshot): string {
  const { model, title } = product;
  if (model?.title !== undefined) return model.title;
  const names = [...new Set(Object.values(sizeNames(product)))].map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  if (names.length === 0) return title;
  const size = `(?:${names.join('|')})`;
  const end = new RegExp(`[\\s,;(–—-]+(?:(?:размер|разм\\.?|р-р|р\\.|size)[\\s:]*)?${size}(?:[\\s/(–—-]+${size})?\\)?\\s*$`, 'iu');
  const rest = title.replace(end, '');
  return rest.trim() === '' ? title : rest;
}

function valueOf(product: ProductSnapshot | undefined, names: readonly string[]): string | undefined {
  const found = Object.entries(product?.attributes ?? {}).find(([name]) => names.includes(nameForm(name)))?.[1];
  const text = attributeText(found);
  return text === '' ? undefined : text;
}

/** The first text of a master attribute; '' where there is none. */
export function attributeText(value: MasterAttribute | undefined): string {
  if (typeof value === 'string') return value.trim();
  if (value === undefined || typeof value === 'boolean') return '';
  return 'value' in value ? String(value.value) : (value[0] ?? '').trim();
}
