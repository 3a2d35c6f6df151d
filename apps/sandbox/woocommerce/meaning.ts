import { plainText } from '../plain-text.js';
import { plainDecimal } from './decimals.js';
import { isProduct, isTrashed, shownImage, type FacetName, type Product, type Ware } from './model.js';

/**
 * What a facet means, free of everything the shop may change without harm: equal texts mean the same. Of a variation, what its product
 * says for all of them is the product's; `product` is the ware itself where it is no variation.
 */
export function meaning(ware: Ware, product: Product, facet: FacetName): string {
  switch (facet) {
    case 'category':
      return [...product.categories].sort((a, b) => a - b).join(',');
    case 'title':
      return plainText(product.name);
    case 'description':
      return JSON.stringify(isProduct(ware) ? [plainText(ware.description), plainText(ware.shortDescription)] : [plainText(ware.description)]);
    case 'media':
      return isProduct(ware) ? ware.images.map((image) => image.picture.hash).join(',') : (shownImage(ware, product)?.picture.hash ?? '');
    case 'attributes':
      return JSON.stringify([
        ...sharedAttributes(product),
        isProduct(ware) ? [] : ware.attributes.map(({ name, option }) => [plainText(name).toLowerCase(), plainText(option).toLowerCase()]).sort(byText),
      ]);
    case 'dimensions':
      return JSON.stringify([ware.weight, ware.dimensions.length, ware.dimensions.width, ware.dimensions.height].map(plainDecimal));
    case 'presence':
      return product.removed ? 'absent' : isTrashed(ware, product) ? 'trashed' : 'listed';
    case 'status':
      return JSON.stringify([
        product.status === 'trash' ? product.statusBeforeTrash : product.status,
        product.visibility,
        isProduct(ware) ? '' : ware.status === 'trash' ? ware.statusBeforeTrash : ware.status,
      ]);
    case 'price':
      return JSON.stringify([plainDecimal(ware.regularPrice), plainDecimal(ware.salePrice), ware.saleFrom, ware.saleTo]);
    case 'stock':
      return JSON.stringify([ware.manageStock, ware.manageStock === true ? ware.stockQuantity : ware.stockStatus, ware.backorders]);
    case 'barcodes':
      return ware.gtin.replace(/-/g, '');
  }
}

function sharedAttributes({ attributes, tags }: Product): unknown[] {
  const named = attributes.map(({ name, options }) => [plainText(name).toLowerCase(), options.map((option) => plainText(option).toLowerCase()).sort()]);
  return [named.sort(byText), [...tags].sort((a, b) => a - b)];
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
