import { DOCUMENT_FIELDS, KEYED_FIELDS, type DocumentField, type KeyedField, type ProductDocument, type ProductInput, type ProductPatch } from './product-document.js';

const KEYED: ReadonlySet<string> = new Set<string>(KEYED_FIELDS);

/** Gives the fields that may be left out their empty value, and takes null for "none"; nothing is checked here. */
export function completeDocument(given: ProductInput): ProductDocument {
  if (isComplete(given)) return given;
  const input = Object.values(given).some((value: unknown) => value === null)
    ? (Object.fromEntries(Object.entries(given).filter(([, value]: [string, unknown]) => value !== null)) as unknown as ProductInput)
    : given;
  return {
    ...input,
    description: input.description ?? '',
    category: input.category ?? '',
    attributes: input.attributes ?? {},
    media: input.media ?? [],
    barcodes: input.barcodes ?? [],
    stock: input.stock ?? {},
    archived: input.archived ?? false,
  };
}

/** Nothing is left out that must be there, and nothing is null. */
function isComplete(given: ProductInput): given is ProductDocument {
  const { description, category, attributes, media, barcodes, stock, archived } = given;
  const required = [description, category, attributes, media, barcodes, stock, archived];
  return required.every((value) => value !== undefined) && Object.values(given).every((value) => value !== null);
}

/** The document after the patch; the result still has to pass validation. */
export function patchDocument(base: ProductDocument, patch: ProductPatch): ProductDocument {
  const out: Record<string, unknown> = { ...base };
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined || field === 'sku') continue;
    if (value === null) delete out[field];
    else if (KEYED.has(field)) out[field] = patchKeys(base[field as KeyedField], value as Record<string, unknown>);
    else out[field] = value;
  }
  return completeDocument(out as unknown as ProductInput);
}

/** The fields a patch would touch, by their place in the document ("title", "attributes.Цвет товара"). */
export function patchedPaths(patch: ProductPatch): string[] {
  const paths: string[] = [];
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (KEYED.has(field) && value !== null && typeof value === 'object') paths.push(...Object.keys(value).map((key) => `${field}.${key}`));
    else paths.push(field);
  }
  return paths;
}

/** The value at a path given by `patchedPaths`. */
export function valueAt(document: object, path: string): unknown {
  const record = document as Record<string, unknown>;
  const dot = path.indexOf('.');
  if (dot < 0) return record[path];
  const inner = record[path.slice(0, dot)];
  return inner !== null && typeof inner === 'object' ? (inner as Record<string, unknown>)[path.slice(dot + 1)] : undefined;
}

/** Takes `fields` (all but the sku when absent) from `source` into `target`. */
export function takeFields(target: ProductDocument, source: ProductDocument, fields?: readonly DocumentField[]): ProductDocument {
  const out: Record<string, unknown> = { ...target };
  for (const field of fields ?? DOCUMENT_FIELDS) {
    if (field === 'sku') continue;
    if (source[field] === undefined) delete out[field];
    else out[field] = source[field];
  }
  return completeDocument(out as unknown as ProductInput);
}

function patchKeys(base: object | undefined, patch: Record<string, unknown>): Record<string, unknown> {
  if (Object.keys(base ?? {}).length === 0 && Object.values(patch).every((value) => value !== null && value !== undefined)) return patch;
  const out: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key];
    else if (value !== undefined) out[key] = value;
  }
  return out;
}
