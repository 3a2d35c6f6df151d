import { type Diagnostic, line, paragraphs } from '#kernel';
import { type AccountRules, type CardValues, type PriceValue, type ProductSnapshot, type References, type Rendered, type StatusValue, stockByRules } from '#channels/contract';
import { type CategoryTree, findLeaf, leafById, suggestCategories } from './ozon.categories.js';
import { VAT } from './ozon.compose.js';
import { descriptionHtml } from './ozon.description-html.js';
import { normalise } from './ozon.normalise.js';
import { priceDiagnostics } from './ozon.price-rules.js';
import { type AttributeSchema, type SellerFacts, referenceKey } from './ozon.references.js';
import { dictionaryKeys, planAttributes, renderAttributes } from './ozon.render-attributes.js';
import { type Warehouse, stockWarehouses } from './ozon.stock-reading.js';

const TITLE_LIMIT = 255;
const PICTURE_LIMIT = 50;
const ARTICLE_LIMIT = 50;

/**
 * Reference keys that `render` will ask for. Later keys are named by earlier documents (the tree names the category, its
 * schema the dictionaries): ask again with the grown `references` until nothing new is named.
 */
export function needs(product: ProductSnapshot, rules: AccountRules, references: References = () => undefined): readonly string[] {
  const keys: string[] = [referenceKey.tree, referenceKey.warehouses, referenceKey.seller];
  const tree = references(referenceKey.tree) as CategoryTree | undefined;
  const category = tree === undefined ? undefined : categoryOf(product, rules, tree);
  if (category === undefined) return keys;
  keys.push(referenceKey.attributes(category));
  const schema = references(referenceKey.attributes(category)) as readonly AttributeSchema[] | undefined;
  if (schema === undefined) return keys;
  return [...keys, ...dictionaryKeys(planAttributes(product, rules, schema), category, references)];
}

function categoryOf(product: ProductSnapshot, rules: AccountRules, tree: CategoryTree): string | undefined {
  const ruled = Object.hasOwn(rules.categories, product.category) ? rules.categories[product.category] : undefined;
  if (ruled !== undefined) {
    const leaf = leafById(tree, ruled);
    return leaf === undefined || leaf.disabled ? undefined : leaf.id;
  }
  return findLeaf(tree, product.category)?.id;
}

/** The card as it is to be on Ozon. Values are complete as far as they could be made; errors hold the card back. */
export function render(product: ProductSnapshot, rules: AccountRules, references: References): Rendered {
  const diagnostics: Diagnostic[] = [];
  const error = (path: string, code: string, params?: Diagnostic['params']) => diagnostics.push({ severity: 'error', path, code, params });
  const values: CardValues = {};
  if (product.sku.length > ARTICLE_LIMIT) error('offer_id', 'ozon.article-too-long', { limit: ARTICLE_LIMIT });

  const tree = references(referenceKey.tree) as CategoryTree | undefined;
  const category = tree === undefined ? undefined : categoryOf(product, rules, tree);
  if (tree === undefined) error('category', 'ozon.reference-missing', { key: referenceKey.tree });
  else if (category === undefined) error('category', 'ozon.category-unknown', categoryParams(tree, product.category));
  else values.category = category;

  values.title = title(product, diagnostics);
  values.description = paragraphs(descriptionHtml(product.description));
  if (product.media.length === 0) error('media', 'ozon.no-pictures');
  if (product.media.length > PICTURE_LIMIT) {
    diagnostics.push({ severity: 'warning', path: 'media', code: 'ozon.pictures-cut', params: { limit: PICTURE_LIMIT, given: product.media.length } });
  }
  values.media = product.media.slice(0, PICTURE_LIMIT).map((picture) => picture.digest);
  if (category !== undefined) addAttributes(values, product, rules, category, references, diagnostics);
  const { dimensions, weight } = product;
  if (dimensions === undefined || weight === undefined || !positive(dimensions.length, dimensions.width, dimensions.height, weight)) {
    error('dimensions', 'ozon.dimensions-required');
  } else {
    values.dimensions = normalise('dimensions', { ...dimensions, weight }) as CardValues['dimensions'];
  }
  values.barcodes = normalise('barcodes', product.barcodes) as CardValues['barcodes'];
  values.presence = product.archived ? 'archived' : 'listed';

  const price = priceOf(product);
  const stock = stockOf(product, rules, references, diagnostics);
  values.status = statusOf(product, price, stock);
  if (price === undefined) error('price', 'ozon.price-required');
  else {
    values.price = price;
    diagnostics.push(...priceDiagnostics(price));
    const currency = (references(referenceKey.seller) as SellerFacts | undefined)?.currency;
    if (currency !== undefined && currency !== '' && currency !== price.currency) {
      error('price', 'ozon.currency-differs', { given: price.currency, expected: currency });
    }
  }
  if (product.vat !== undefined && VAT[product.vat] === undefined) error('price', 'ozon.vat-unknown', { vat: product.vat });
  if (stock !== undefined) values.stock = stock;
  return { values, diagnostics };
}

function categoryParams(tree: CategoryTree, path: string): Diagnostic['params'] {
  const suggested = suggestCategories(tree, path);
  return {
    given: path,
    suggestions: suggested.map((leaf) => leaf.names.join(' / ')).join('; '),
    ids: suggested.map((leaf) => leaf.id).join(' '),
  };
}

function title(product: ProductSnapshot, diagnostics: Diagnostic[]): string {
  const text = line(product.title);
  if (text === '') diagnostics.push({ severity: 'error', path: 'title', code: 'ozon.title-required' });
  const letters = [...text];
  if (letters.length <= TITLE_LIMIT) return text;
  diagnostics.push({ severity: 'warning', path: 'title', code: 'ozon.title-cut', params: { limit: TITLE_LIMIT, length: letters.length } });
  return letters.slice(0, TITLE_LIMIT).join('').trim();
}

function addAttributes(values: CardValues, product: ProductSnapshot, rules: AccountRules, category: string, references: References, diagnostics: Diagnostic[]): void {
  const key = referenceKey.attributes(category);
  const schema = references(key) as readonly AttributeSchema[] | undefined;
  if (schema === undefined) {
    diagnostics.push({ severity: 'error', path: 'attributes', code: 'ozon.reference-missing', params: { key } });
    return;
  }
  const rendered = renderAttributes(planAttributes(product, rules, schema), schema, category, references);
  values.attributes = rendered.attributes;
  diagnostics.push(...rendered.diagnostics);
}

function positive(...numbers: readonly number[]): boolean {
  return numbers.every((value) => Math.round(value) > 0);
}

function priceOf(product: ProductSnapshot): PriceValue | undefined {
  if (product.price === undefined) return undefined;
  const { minor, currency } = product.price;
  return {
    price: minor,
    ...(product.oldPrice === undefined ? {} : { old: product.oldPrice.minor }),
    ...(product.minPrice === undefined ? {} : { min: product.minPrice.minor }),
    currency,
  };
}

/** Stock by the account's table of warehouses; without one, everything the seller has goes to the first working FBS warehouse. */
function stockOf(product: ProductSnapshot, rules: AccountRules, references: References, diagnostics: Diagnostic[]): Readonly<Record<string, number>> | undefined {
  const [first, ...rest] = stockWarehouses((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []).map((warehouse) => warehouse.id);
  const warning = (code: string, params?: Diagnostic['params']) => void diagnostics.push({ severity: 'warning', path: 'stock', code, params });
  if (first === undefined) {
    warning('ozon.no-warehouse');
    return undefined;
  }
  const { stock, closed, unmapped } = stockByRules(product.stock, rules, [first, ...rest]);
  for (const warehouse of closed) warning('ozon.warehouse-closed', { warehouse });
  for (const warehouse of unmapped) warning('ozon.warehouse-unmapped', { warehouse });
  return stock;
}

/** What the card is meant to be for buyers; `causes` names what keeps it from sale on purpose. */
function statusOf(product: ProductSnapshot, price: PriceValue | undefined, stock: Readonly<Record<string, number>> | undefined): StatusValue {
  const causes: StatusValue['causes'][number][] = [];
  if (product.archived) causes.push({ code: 'archived' });
  if (price === undefined) causes.push({ code: 'no-price' });
  if (!Object.values(stock ?? {}).some((pieces) => pieces > 0)) causes.push({ code: 'no-stock' });
  return { sellable: causes.length === 0, moderation: 'none', causes, refusals: [] };
}
