import { plainText } from '../plain-text.js';
import { plainDecimal } from './decimals.js';
import type { FacetName, Item, Product } from './model.js';

/** What a facet of a product means, free of everything the shop may change without harm: equal texts mean the same. */
export function meaning(product: Product, facet: FacetName): string {
  switch (facet) {
    case 'category':
      return [...product.categories].sort((a, b) => a - b).join(',');
    case 'title':
      return plainText(product.name);
    case 'description':
      return JSON.stringify([plainText(product.description), plainText(product.shortDescription), ...product.variations.map((one) => plainText(one.description))]);
    case 'media':
      return JSON.stringify([product.images.map((image) => image.picture.hash), ...product.variations.map((one) => one.image?.picture.hash ?? '')]);
    case 'attributes':
      return JSON.stringify([
        product.attributes.map(({ name, options }) => [plainText(name).toLowerCase(), options.map((option) => plainText(option).toLowerCase()).sort()]).sort(byText),
        product.variations.map((one) => one.attributes.map(({ name, option }) => [plainText(name).toLowerCase(), plainText(option).toLowerCase()]).sort(byText)),
        [...product.tags].sort((a, b) => a - b),
      ]);
    case 'dimensions':
      return JSON.stringify(everyItem(product).map(({ weight, dimensions: { length, width, height } }) => [weight, length, width, height].map(plainDecimal)));
    case 'presence':
      return product.removed ? 'absent' : product.status === 'trash' ? 'trashed' : 'listed';
    case 'status':
      return JSON.stringify([product.status === 'trash' ? product.statusBeforeTrash : product.status, product.visibility, ...product.variations.map((one) => one.status)]);
    case 'price':
      return JSON.stringify(everyItem(product).map((one) => [plainDecimal(one.regularPrice), plainDecimal(one.salePrice), one.saleFrom, one.saleTo]));
    case 'stock':
      return JSON.stringify(everyItem(product).map((one) => [one.manageStock, one.manageStock === true ? one.stockQuantity : one.stockStatus, one.backorders]));
    case 'barcodes':
      return everyItem(product)
        .map((one) => one.gtin.replace(/-/g, ''))
        .join(',');
  }
}

const everyItem = (product: Product): Item[] => [product, ...product.variations];

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
