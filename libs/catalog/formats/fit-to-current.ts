import type { AttributeValue, ProductDocument, ProductPatch } from '../document/product-document.js';
import { attributeTexts, type ProductRow } from './product-row.js';

/**
 * The change a row makes to a product as it stands (undefined: there is none yet). A format that can write "true" or a text, but not
 * yes/no or a list of one, does not change what it could not have written otherwise.
 */
export function patchFor(row: ProductRow, current: ProductDocument | undefined): ProductPatch {
  const { patch, model, externalId, initial } = row;
  const attributes = patch.attributes && fitted(patch.attributes, current);
  return {
    ...(current === undefined && initial),
    ...(current ? withoutBlankChanges(patch, current) : patch),
    ...(attributes && { attributes }),
    ...(externalId && { externalIds: { ...patch.externalIds, [externalId.system]: externalId.id } }),
    ...(model && model.code !== current?.model?.code && { model }),
  };
}

function fitted(given: NonNullable<ProductPatch['attributes']>, current: ProductDocument | undefined): NonNullable<ProductPatch['attributes']> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === null ? null : keepForm(value, current?.attributes[name])]));
}

/** Feeds lose blanks at the ends of texts: that is no change. */
function withoutBlankChanges(patch: ProductPatch, current: ProductDocument): ProductPatch {
  const same = (['title', 'description', 'brand', 'country'] as const).filter((field) => typeof patch[field] === 'string' && patch[field] === current[field]?.trim());
  return same.length === 0 ? patch : (Object.fromEntries(Object.entries(patch).filter(([field]) => !same.some((one) => one === field))) as ProductPatch);
}

/** The value as it stands where the given text says the same. */
export function keepForm(given: AttributeValue, standing: AttributeValue | undefined): AttributeValue {
  if (typeof given !== 'string' || standing === undefined) return given;
  const texts = attributeTexts(standing);
  return texts.length === 1 && texts[0]?.trim() === given ? standing : given;
}
