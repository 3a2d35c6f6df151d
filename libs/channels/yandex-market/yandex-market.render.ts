import { type Diagnostic, line, paragraphs, plainText } from '#kernel';
import { type AccountRules, type CardValues, type PriceValue, type ProductSnapshot, type References, type Rendered, type StatusValue, stockByRules } from '#channels/contract';
import { type CategoryLeaf, type CategoryTree, findLeaf, leafById, suggestLeaves } from './yandex-market.categories.js';
import { NO_BRAND, VENDOR, normalise } from './yandex-market.normalise.js';
import { priceFor } from './yandex-market.price-rules.js';
import { type CabinetFacts, type Parameter, referenceKey } from './yandex-market.references.js';
import { renderAttributes } from './yandex-market.render-attributes.js';
import { type Warehouse, stockWarehouse } from './yandex-market.stock-reading.js';

const ARTICLE_LIMIT = 255;
const TITLE_LIMIT = 256;
const DESCRIPTION_LIMIT = 6000;
const PICTURE_LIMIT = 30;
const PARAMETER_LIMIT = 300;
const STOCK_LIMIT = 2_000_000_000;

/** Reference keys that `render` will ask for; the tree names the category, the category its characteristics. */
export function needs(product: ProductSnapshot, rules: AccountRules, references: References = () => undefined): readonly string[] {
  const keys: string[] = [referenceKey.tree, referenceKey.cabinet, referenceKey.warehouses];
  const tree = references(referenceKey.tree) as CategoryTree | undefined;
  const leaf = tree === undefined ? undefined : leafOf(product, rules, tree);
  return leaf === undefined ? keys : [...keys, referenceKey.parameters(leaf.id)];
}

function leafOf(product: ProductSnapshot, rules: AccountRules, tree: CategoryTree): CategoryLeaf | undefined {
  const ruled = Object.hasOwn(rules.categories, product.category) ? rules.categories[product.category] : undefined;
  return ruled === undefined ? findLeaf(tree, product.category) : leafById(tree, ruled);
}

type Say = (severity: Diagnostic['severity'], path: string, code: string, params?: Diagnostic['params']) => void;

/** The card as it is to be on Market. Values are complete as far as they could be made; errors hold the card back. */
export function render(product: ProductSnapshot, rules: AccountRules, references: References): Rendered {
  const diagnostics: Diagnostic[] = [];
  const say: Say = (severity, path, code, params) => diagnostics.push({ severity, path, code, ...(params === undefined ? {} : { params }) });
  const values: CardValues = {};
  article(product.sku, say);
  const leaf = category(product, rules, references, say);
  if (leaf !== undefined) values.category = leaf.id;
  values.title = cut(line(plainText(product.title)), TITLE_LIMIT, 'title', 'yandex-market.title-cut', say);
  if (values.title === '') say('error', 'title', 'yandex-market.title-required');
  values.description = description(product.description, say);
  if (product.media.length === 0) say('error', 'media', 'yandex-market.no-pictures');
  if (product.media.length > PICTURE_LIMIT) say('warning', 'media', 'yandex-market.pictures-cut', { limit: PICTURE_LIMIT, given: product.media.length });
  values.media = product.media.slice(0, PICTURE_LIMIT).map((picture) => picture.digest);
  if (leaf !== undefined) attributes(values, product, rules, leaf.id, references, diagnostics, say);
  const { dimensions, weight } = product;
  if (dimensions === undefined || weight === undefined || ![dimensions.length, dimensions.width, dimensions.height, weight].every((side) => Math.round(side) > 0)) {
    say('error', 'dimensions', 'yandex-market.dimensions-required');
  } else values.dimensions = normalise('dimensions', { ...dimensions, weight }) as CardValues['dimensions'];
  values.barcodes = normalise('barcodes', product.barcodes) as CardValues['barcodes'];
  values.presence = product.archived ? 'archived' : 'listed';

  const price = priced(product, references, diagnostics, say);
  const stock = stockOf(product, rules, references, say);
  values.status = statusOf(product, price, stock);
  if (price !== undefined) values.price = price;
  if (stock !== undefined) values.stock = stock;
  return { values, diagnostics };
}

function article(sku: string, say: Say): void {
  if (sku.length > ARTICLE_LIMIT) say('error', '', 'yandex-market.article-too-long', { given: sku.length, limit: ARTICLE_LIMIT });
  // Market trims the article: it would be another one than ours.
  if (sku !== sku.trim()) say('error', '', 'yandex-market.article-blanks', { given: sku });
}

function category(product: ProductSnapshot, rules: AccountRules, references: References, say: Say): CategoryLeaf | undefined {
  const tree = references(referenceKey.tree) as CategoryTree | undefined;
  if (tree === undefined) {
    say('error', 'category', 'yandex-market.reference-missing', { key: referenceKey.tree });
    return undefined;
  }
  const leaf = leafOf(product, rules, tree);
  if (leaf !== undefined) return leaf;
  const near = suggestLeaves(tree, product.category);
  say('error', 'category', 'yandex-market.category-unknown', {
    given: product.category,
    suggestions: near.map((one) => one.names.join(' / ')).join('; '),
    ids: near.map((one) => one.id).join(' '),
  });
  return undefined;
}

function description(text: string, say: Say): string {
  const whole = paragraphs(text);
  if (whole === '') say('error', 'description', 'yandex-market.description-required');
  // A cut must not fall into a tag.
  return whole.length <= DESCRIPTION_LIMIT ? whole : cut(plainText(whole), DESCRIPTION_LIMIT, 'description', 'yandex-market.description-cut', say);
}

/** At a blank, where there is one in the last third. */
function cut(text: string, limit: number, path: string, code: string, say: Say): string {
  if (text.length <= limit) return text;
  say('warning', path, code, { limit, given: text.length });
  const blank = text.lastIndexOf(' ', limit);
  return text.slice(0, blank > (limit * 2) / 3 ? blank : limit).replace(/[\s,;:–—-]+$/u, '');
}

function attributes(values: CardValues, product: ProductSnapshot, rules: AccountRules, leaf: string, references: References, diagnostics: Diagnostic[], say: Say): void {
  const key = referenceKey.parameters(leaf);
  const schema = references(key) as readonly Parameter[] | undefined;
  if (schema === undefined) {
    say('error', 'attributes', 'yandex-market.reference-missing', { key });
    return;
  }
  // Whether a brand can be missing the category tells; where it must be named, a new card says that there is none.
  const rendered = renderAttributes({ ...product, brand: product.brand ?? NO_BRAND }, rules, schema);
  values.attributes = rendered.attributes;
  diagnostics.push(...rendered.diagnostics);
  const given = Object.keys(rendered.attributes).filter((id) => id !== VENDOR).length;
  if (given > PARAMETER_LIMIT) say('error', 'attributes', 'yandex-market.too-many-attributes', { limit: PARAMETER_LIMIT, given });
}

function priced(product: ProductSnapshot, references: References, diagnostics: Diagnostic[], say: Say): PriceValue | undefined {
  const { price, diagnostics: told } = priceFor(product);
  diagnostics.push(...told);
  const currency = (references(referenceKey.cabinet) as CabinetFacts | undefined)?.currency ?? '';
  if (price !== undefined && currency !== '' && currency !== price.currency) say('error', 'price', 'yandex-market.currency-differs', { given: price.currency, expected: currency });
  return price;
}

/** The store has one figure, that of its first working warehouse: all the seller has, or what the account's table leads there. */
function stockOf(product: ProductSnapshot, rules: AccountRules, references: References, say: Say): Readonly<Record<string, number>> | undefined {
  const warehouse = stockWarehouse((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []);
  if (warehouse === undefined) {
    say('warning', 'stock', 'yandex-market.no-warehouse');
    return undefined;
  }
  const { stock, closed, unmapped } = stockByRules(product.stock, rules, [warehouse.id]);
  for (const other of closed) say('warning', 'stock', 'yandex-market.warehouse-closed', { warehouse: other });
  for (const master of unmapped) say('warning', 'stock', 'yandex-market.warehouse-unmapped', { warehouse: master });
  const total = stock[warehouse.id];
  if (total === undefined) return {};
  return { [warehouse.id]: Math.min(total, STOCK_LIMIT) };
}

/** What the card is meant to be for buyers; `causes` names what keeps it from sale on purpose. */
function statusOf(product: ProductSnapshot, price: PriceValue | undefined, stock: Readonly<Record<string, number>> | undefined): StatusValue {
  const causes: StatusValue['causes'][number][] = [];
  if (product.archived) causes.push({ code: 'archived' });
  if (price === undefined) causes.push({ code: 'no-price' });
  if (!Object.values(stock ?? {}).some((pieces) => pieces > 0)) causes.push({ code: 'no-stock' });
  return { sellable: causes.length === 0, moderation: 'none', causes, refusals: [] };
}
