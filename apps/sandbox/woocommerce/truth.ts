import { digest } from '../digest.js';
import { meaning } from './meaning.js';
import { FACETS, type Attachment, type FacetName, type Item, type Product } from './model.js';
import type { Office } from './office.js';
import { effectivePrice } from './prices.js';
import { CATEGORY, TAG } from './terms.js';

type Seeing = Pick<Office, 'pictures' | 'cabinet' | 'terms' | 'clock'>;

/** What a facet of a product is right now, readable. */
export function facetValue(office: Seeing, product: Product, facet: FacetName): unknown {
  const items: Item[] = [product, ...product.variations];
  switch (facet) {
    case 'category':
      return product.categories.map((id) => ({ id, name: office.terms.term(id, CATEGORY)?.name ?? '' }));
    case 'title':
      return product.name;
    case 'description':
      return { description: product.description, short_description: product.shortDescription };
    case 'media':
      return [...product.images, ...product.variations.flatMap((one) => one.image ?? [])].map((image) => pictureTruth(office, image));
    case 'attributes':
      return {
        attributes: product.attributes,
        tags: product.tags.map((id) => office.terms.term(id, TAG)?.name ?? ''),
        variations: product.variations.map((one) => ({ id: one.id, attributes: one.attributes })),
      };
    case 'dimensions':
      return items.map(({ id, weight, dimensions }) => ({ id, weight, ...dimensions }));
    case 'presence':
      return product.removed ? 'absent' : product.status === 'trash' ? 'trashed' : 'listed';
    case 'status':
      return { status: product.status, catalog_visibility: product.visibility, variations: product.variations.map(({ id, status }) => ({ id, status })) };
    case 'price':
      return {
        price: effectivePrice(product, office.clock.now()),
        currency: office.cabinet.current.currency,
        offers: items.map(({ id, regularPrice, salePrice, saleFrom, saleTo }) => ({
          id,
          regular_price: regularPrice,
          sale_price: salePrice,
          sale_from: saleFrom,
          sale_to: saleTo,
        })),
      };
    case 'stock':
      return items.map(({ id, sku, manageStock, stockQuantity, stockStatus, backorders }) => ({
        ...{ id, sku, manage_stock: manageStock, stock_quantity: stockQuantity, stock_status: stockStatus, backorders },
      }));
    case 'barcodes':
      return items.map(({ id, gtin }) => ({ id, global_unique_id: gtin }));
  }
}

function pictureTruth({ pictures }: Seeing, { id, picture, name, alt }: Attachment): object {
  return { attachment: id, name, alt, url: pictures.url(picture), content: picture.hash, source: picture.source, quality: picture.quality, half: picture.half };
}

/** Every facet of a product as it is, with a digest of what it means. */
export function truthOf(office: Seeing, product: Product): Record<string, { value: unknown; digest: string }> {
  return Object.fromEntries(FACETS.map((facet) => [facet, { value: facetValue(office, product, facet), digest: digest(meaning(product, facet)) }]));
}
