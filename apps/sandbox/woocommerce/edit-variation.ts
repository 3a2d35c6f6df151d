import type { Call } from './endpoint.js';
import { change, failOnOrder } from './edit-product.js';
import { applyVariation, newVariation } from './fields/apply-variation.js';
import { facetsNamed, VARIATION_SHAPES } from './fields/shapes.js';
import { takeVariationImage } from './fields/take-images.js';
import { meaning } from './meaning.js';
import { FACETS, keyOf, type Product, type Variation } from './model.js';
import { checkParams } from './params.js';
import { invalidId, Problem } from './problem.js';
import { beforeChange, noteFacets, noteWrite, touch } from './writes.js';

type Body = Readonly<Record<string, unknown>>;
type Doing = Pick<Call, 'office' | 'key' | 'name'>;

export interface Kin {
  readonly parent: Product;
  readonly variation: Variation;
}

export async function createVariation(doing: Doing, parentId: number, body: Body): Promise<Kin> {
  const { office } = doing;
  checkParams(body, VARIATION_SHAPES);
  failOnOrder(doing, String(body['sku'] ?? ''));
  const image = await takeVariationImage(office, body);
  const parent = parentOf(doing, parentId);
  const variation = newVariation(office);
  applyVariation(office, parent, variation, body, image);
  beforeChange(office, parent, variation);
  parent.variations.push(variation);
  touch(office, parent);
  office.products.save(parent);
  noteWrite(office, { key: doing.key, method: doing.name }, variation, new Map(FACETS.map((facet) => [facet, 'absent'])));
  office.webhooks.happened('product.created', variation.id);
  office.webhooks.happened('product.updated', parent.id);
  return { parent, variation };
}

export async function editVariation(doing: Doing, parentId: number, id: number, body: Body): Promise<Kin> {
  const { office } = doing;
  checkParams(body, VARIATION_SHAPES);
  kinOf(doing, parentId, id);
  const image = await takeVariationImage(office, body);
  const { parent, variation } = kinOf(doing, parentId, id);
  failOnOrder(doing, keyOf(variation));
  const draft = structuredClone(variation);
  applyVariation(office, parent, draft, body, image);
  touch(office, draft);
  change(doing, parent, facetsNamed(body), () => Object.assign(variation, draft), variation);
  office.webhooks.happened('product.updated', variation.id);
  return { parent, variation };
}

/** There is no way back: variations are not kept in a trash. */
export function deleteVariation(doing: Doing, parentId: number, id: number): Kin {
  const { office } = doing;
  const { parent, variation } = kinOf(doing, parentId, id);
  failOnOrder(doing, keyOf(variation));
  beforeChange(office, parent, variation);
  const written = { facet: 'presence', before: meaning(variation, parent, 'presence'), after: 'absent' } as const;
  parent.variations = parent.variations.filter((one) => one !== variation);
  touch(office, parent);
  office.products.save(parent);
  noteFacets(office, { key: doing.key, method: doing.name }, keyOf(variation), [written]);
  office.webhooks.happened('product.deleted', variation.id);
  return { parent, variation };
}

export function kinOf(doing: Doing, parentId: number, id: number): Kin {
  const parent = parentOf(doing, parentId);
  const variation = parent.variations.find((one) => one.id === id);
  if (!variation) throw invalidId('product_variation');
  return { parent, variation };
}

export function parentOf({ office }: Doing, id: number): Product {
  const parent = office.products.get(id);
  if (!parent) throw new Problem(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
  return parent;
}
