import { type Diagnostic, line, plainText } from '#kernel';
import type { AccountRules, CardValues, PriceValue, ProductSnapshot, References, Rendered, StatusValue } from '#channels/contract';
import type { GlobalAttributes } from './woocommerce.attributes.js';
import { namesOfPath, pathOfNames, CategoryTree, type SiteCategory } from './woocommerce.categories.js';
import { normalise } from './woocommerce.normalise.js';
import { SITE, UNCOUNTED } from './woocommerce.observe.js';
import { readable } from './woocommerce.readable.js';
import { referenceKey } from './woocommerce.references.js';
import { renderAttributes } from './woocommerce.render-attributes.js';
import type { ShopSettings } from './woocommerce.settings.js';

/** Longer ones have no place in the table by which the site finds products. */
const SKU_LIMIT = 100;
/** The site keeps digits and hyphens only, and these many of them make a GTIN. */
const GTIN = /^\d{8}$|^\d{12,14}$/;

/** Everything is asked for once: a shop is small beside a marketplace. */
export function needs(): readonly string[] {
  return Object.values(referenceKey);
}

type Say = (severity: Diagnostic['severity'], path: string, code: string, params?: Diagnostic['params']) => void;

/** The product as it is to be on the site. Values are complete as far as they could be made; errors hold the card back. */
export function render(product: ProductSnapshot, rules: AccountRules, references: References): Rendered {
  const diagnostics: Diagnostic[] = [];
  const say: Say = (severity, path, code, params) => diagnostics.push({ severity, path, code, ...(params === undefined ? {} : { params }) });
  for (const key of needs()) if (references(key) === undefined) say('error', '', 'woocommerce.reference-missing', { key });
  const settings = references(referenceKey.settings) as ShopSettings | undefined;
  const globals = (references(referenceKey.attributes) ?? {}) as GlobalAttributes;
  if (product.sku.includes(',')) say('error', '', 'woocommerce.sku-comma', { sku: product.sku });
  if (product.sku.length > SKU_LIMIT) say('error', '', 'woocommerce.article-too-long', { given: product.sku.length, limit: SKU_LIMIT });
  const kept = keptSku(product.sku);
  if (kept !== product.sku) say('error', '', 'woocommerce.sku-altered', { sku: product.sku, kept });

  const values: CardValues = {};
  const category = categoryOf(product, rules, references, say);
  if (category !== undefined) values.category = category;
  values.title = line(plainText(product.model?.title ?? product.title));
  if (values.title === '') say('error', 'title', 'woocommerce.title-required');
  values.description = readable(product.description);
  values.media = product.media.map((picture) => picture.digest);
  const rendered = renderAttributes(product, rules, globals);
  values.attributes = rendered.attributes;
  diagnostics.push(...rendered.diagnostics);
  const { dimensions = { length: 0, width: 0, height: 0 }, weight = 0 } = product;
  if (product.dimensions !== undefined || product.weight !== undefined) values.dimensions = normalise('dimensions', { ...dimensions, weight }) as CardValues['dimensions'];
  values.barcodes = barcodesOf(product, say);
  values.presence = product.archived ? 'archived' : 'listed';
  const price = priceOf(product, settings, say);
  const total = Object.values(product.stock).reduce((sum, pieces) => sum + Math.max(0, Math.trunc(pieces)), 0);
  values.status = statusOf(product, price, total);
  if (price !== undefined) values.price = price;
  values.stock = { [SITE]: shownStock(total, settings, say) };
  return { values, diagnostics };
}

/** A SKU after the site's cleaning of texts of one line. */
function keptSku(sku: string): string {
  return sku
    .replace(/<[^>]*>?/g, '')
    .replace(/%[0-9a-f]{2}/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A rule may name a category of the site by its id or by its path; without a rule the site's tree is to mirror the master's. */
function categoryOf(product: ProductSnapshot, rules: AccountRules, references: References, say: Say): string | undefined {
  const ruled = Object.hasOwn(rules.categories, product.category) ? rules.categories[product.category] : undefined;
  if (ruled !== undefined && /^\d+$/.test(ruled)) {
    const tree = treeOf(references(referenceKey.categories) as readonly SiteCategory[] | undefined);
    if (tree.has(ruled)) return tree.pathOf(ruled);
    say('error', 'category', 'woocommerce.category-unknown', { id: ruled });
    return undefined;
  }
  const path = pathOfNames(namesOfPath(ruled ?? product.category));
  if (path === '') say('error', 'category', 'woocommerce.category-required');
  return path === '' ? undefined : path;
}

const trees = new WeakMap<readonly SiteCategory[], CategoryTree>();

export function treeOf(categories: readonly SiteCategory[] = []): CategoryTree {
  const known = trees.get(categories);
  if (known !== undefined) return known;
  const tree = new CategoryTree(categories);
  trees.set(categories, tree);
  return tree;
}

function barcodesOf(product: ProductSnapshot, say: Say): readonly string[] {
  const codes = normalise('barcodes', product.barcodes) as readonly string[];
  for (const code of codes) if (!GTIN.test(code)) say('warning', 'barcodes', 'woocommerce.barcode-not-gtin', { code });
  const fitting = codes.filter((code) => GTIN.test(code));
  if (fitting.length > 1) say('warning', 'barcodes', 'woocommerce.barcodes-cut', { kept: fitting[0] ?? '', given: fitting.length });
  return fitting.slice(0, 1);
}

function priceOf(product: ProductSnapshot, settings: ShopSettings | undefined, say: Say): PriceValue | undefined {
  if (product.price === undefined || product.price.minor <= 0) {
    say('error', 'price', 'woocommerce.price-required');
    return undefined;
  }
  const { minor, currency } = product.price;
  if (settings !== undefined && settings.currency !== currency) {
    say('error', 'price', 'woocommerce.currency-differs', { given: currency, shop: settings.currency });
    return undefined;
  }
  const old = product.oldPrice?.currency === currency ? product.oldPrice.minor : undefined;
  if (old !== undefined && old <= minor) say('warning', 'price', 'woocommerce.old-price-lower', { old, price: minor });
  return { price: minor, ...(old !== undefined && old > minor ? { old } : {}), currency };
}

/** A shop that does not count shows that there is something or that there is nothing. */
function shownStock(total: number, settings: ShopSettings | undefined, say: Say): number {
  if (settings?.countsStock !== false) return total;
  say('warning', 'stock', 'woocommerce.stock-not-counted', { given: total });
  return total > 0 ? UNCOUNTED : 0;
}

/** What the product is meant to be for buyers; `causes` names what keeps it from sale on purpose. */
function statusOf(product: ProductSnapshot, price: PriceValue | undefined, stock: number): StatusValue {
  const causes: StatusValue['causes'][number][] = [];
  if (product.archived) causes.push({ code: 'archived' });
  if (price === undefined) causes.push({ code: 'no-price' });
  if (stock <= 0) causes.push({ code: 'no-stock' });
  return { sellable: causes.length === 0, moderation: 'none', causes, refusals: [] };
}
