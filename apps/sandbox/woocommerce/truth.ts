import { digest } from '../digest.js';
import { meaning } from './meaning.js';
import { FACETS, isProduct, isTrashed, shownImage, type Attachment, type FacetName, type Ware } from './model.js';
import type { Office } from './office.js';
import { effectivePrice, priceOf } from './prices.js';
import { CATEGORY, TAG } from './terms.js';

/** What a facet of a ware is right now, readable. */
export function facetValue(office: Office, ware: Ware, facet: FacetName): unknown {
  const product = office.products.productOf(ware);
  const own = isProduct(ware) ? undefined : ware;
  switch (facet) {
    case 'category':
      return product.categories.map((id) => ({ id, name: office.terms.term(id, CATEGORY)?.name ?? '' }));
    case 'title':
      return product.name;
    case 'description':
      return own ? own.description : { description: product.description, short_description: product.shortDescription };
    case 'media':
      return (own ? [shownImage(own, product)].flatMap((image) => image ?? []) : product.images).map((image) => pictureTruth(office, image));
    case 'attributes':
      return { attributes: product.attributes, tags: product.tags.map((id) => office.terms.term(id, TAG)?.name ?? ''), ...(own ? { chosen: own.attributes } : {}) };
    case 'dimensions':
      return { weight: ware.weight, ...ware.dimensions };
    case 'presence':
      return product.removed ? 'absent' : isTrashed(ware, product) ? 'trashed' : 'listed';
    case 'status':
      return { status: product.status, catalog_visibility: product.visibility, ...(own ? { own: own.status } : {}) };
    case 'price': {
      const now = office.clock.now();
      const { regularPrice: regular_price, salePrice: sale_price, saleFrom: sale_from, saleTo: sale_to } = ware;
      return { price: own ? priceOf(own, now) : effectivePrice(product, now), currency: office.cabinet.current.currency, regular_price, sale_price, sale_from, sale_to };
    }
    case 'stock':
      return { manage_stock: ware.manageStock, stock_quantity: ware.stockQuantity, stock_status: ware.stockStatus, backorders: ware.backorders };
    case 'barcodes':
      return ware.gtin;
  }
}

function pictureTruth({ pictures }: Office, { id, picture, name, alt }: Attachment): object {
  return { attachment: id, name, alt, url: pictures.url(picture), content: picture.hash, source: picture.source, quality: picture.quality, half: picture.half };
}

/** Every facet of a ware as it is, with a digest of what it means. */
export function truthOf(office: Office, ware: Ware): Record<string, { value: unknown; digest: string }> {
  const product = office.products.productOf(ware);
  return Object.fromEntries(FACETS.map((facet) => [facet, { value: facetValue(office, ware, facet), digest: digest(meaning(ware, product, facet)) }]));
}
