import type { Call } from './endpoint.js';
import { applyProduct, newProduct } from './fields/apply-product.js';
import { facetsNamed, PRODUCT_SHAPES } from './fields/shapes.js';
import { takeImages } from './fields/take-images.js';
import { meaning } from './meaning.js';
import { FACETS, keyOf, throwAway, type FacetName, type Product, type Ware } from './model.js';
import { checkParams } from './params.js';
import { invalidId, Problem } from './problem.js';
import { beforeChange, meanings, noteWrite, touch } from './writes.js';

type Body = Readonly<Record<string, unknown>>;
type Doing = Pick<Call, 'office' | 'key' | 'name'>;

export async function createProduct(doing: Doing, body: Body): Promise<Product> {
  const { office } = doing;
  if (Number(body['id'] ?? 0) > 0) throw new Problem(400, 'woocommerce_rest_product_exists', 'Cannot create existing product.');
  checkParams(body, PRODUCT_SHAPES);
  failOnOrder(doing, String(body['sku'] ?? ''));
  const images = await takeImages(office, body);
  const product = newProduct(office);
  applyProduct(office, product, body, images);
  product.statusBeforeTrash = product.status === 'trash' ? 'draft' : product.status;
  beforeChange(office, product);
  office.products.save(product);
  noteWrite(office, { key: doing.key, method: doing.name }, product, new Map(FACETS.map((facet) => [facet, 'absent'])));
  office.webhooks.happened('product.created', product.id);
  return product;
}

export async function editProduct(doing: Doing, id: number, body: Body): Promise<Product> {
  const { office } = doing;
  checkParams(body, PRODUCT_SHAPES);
  const found = productOf(office, id);
  failOnOrder(doing, keyOf(found));
  const images = await takeImages(office, body);
  const product = productOf(office, id);
  const draft = structuredClone(product);
  applyProduct(office, draft, body, images);
  if (draft.status !== 'trash') draft.statusBeforeTrash = draft.status;
  const facets = facetsNamed(body);
  if ((product.status === 'trash') !== (draft.status === 'trash')) {
    facets.add('presence');
    // The one member that says both: back from the trash as it was is no word about who may see it.
    if (meaning(product, product, 'status') === meaning(draft, draft, 'status')) facets.delete('status');
  }
  change(doing, product, facets, () => Object.assign(product, draft));
  office.webhooks.happened('product.updated', product.id);
  return product;
}

/** Into the trash, where it keeps its article; the answer shows it as it was. */
export function trashProduct(doing: Doing, id: number): Product {
  const { office } = doing;
  const product = productOf(office, id);
  if (product.status === 'trash') throw new Problem(410, 'woocommerce_rest_already_trashed', 'The product has already been deleted.');
  const was = structuredClone(product);
  change(doing, product, ['presence'], () => throwAway(product));
  office.webhooks.happened('product.deleted', product.id);
  return was;
}

export function deleteProduct(doing: Doing, id: number): Product {
  const { office } = doing;
  const product = productOf(office, id);
  failOnOrder(doing, keyOf(product));
  const before = meanings(office, product, ['presence']);
  beforeChange(office, product);
  office.products.erase(product);
  noteWrite(office, { key: doing.key, method: doing.name }, product, before);
  office.webhooks.happened('product.deleted', product.id);
  return product;
}

/** The product of a number; variations have an address of their own. */
export function productOf({ products }: Doing['office'], id: number): Product {
  const product = products.get(id);
  if (product) return product;
  if (products.item(id)?.variation)
    throw new Problem(
      404,
      'woocommerce_rest_invalid_product_id',
      'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.',
    );
  throw invalidId('product');
}

/** Changes a product, or `ware` of it, in place and writes down which facets were named. */
export function change({ office, key, name }: Doing, product: Product, facets: Iterable<FacetName>, run: () => void, ware: Ware = product): void {
  const before = meanings(office, ware, facets);
  beforeChange(office, product, ware);
  run();
  touch(office, product);
  office.products.save(product);
  noteWrite(office, { key, method: name }, ware, before);
}

export function failOnOrder({ office }: Doing, key: string): void {
  if (office.faults.failsItem(key)) throw new Problem(400, 'woocommerce_rest_cannot_edit', 'Could not save the product: the database refused it.');
}
