import { type Diagnostic, line, paragraphs, plainText } from '#kernel';
import { type AccountRules, type CardValues, type PriceValue, type ProductSnapshot, type References, type Rendered, type StatusValue, stockByRules } from '#channels/contract';
import { articleOf, keyOf, sizeOfKey } from './wildberries.card-keys.js';
import { normalise } from './wildberries.normalise.js';
import { formOfValue, valueOfForm } from './wildberries.price-form.js';
import { type Characteristic, referenceKey } from './wildberries.references.js';
import { listKeys, planAttributes, renderAttributes } from './wildberries.render-attributes.js';
import { titleOfCard } from './wildberries.sizes.js';
import { type Warehouse, stockWarehouses } from './wildberries.stock-reading.js';
import { type Subject, findSubject, subjectById, suggestSubjects } from './wildberries.subjects.js';

const TITLE_LIMIT = 60;
/** The usual limit; some subjects take 1,000, others 5,000, and no method tells which. */
const DESCRIPTION_LIMIT = 2000;
const PICTURE_LIMIT = 30;
const ARTICLE_LIMIT = 72;
const STOCK_LIMIT = 100_000;

/** Reference keys that `render` will ask for; the subject names its characteristics, they the lists of values. */
export function needs(product: ProductSnapshot, rules: AccountRules, references: References = () => undefined): readonly string[] {
  const keys: string[] = [referenceKey.subjects, referenceKey.warehouses];
  const subjects = references(referenceKey.subjects) as readonly Subject[] | undefined;
  const subject = subjects === undefined ? undefined : subjectOf(product, rules, subjects);
  if (subject === undefined) return keys;
  keys.push(referenceKey.characteristics(subject.id));
  const schema = references(referenceKey.characteristics(subject.id)) as readonly Characteristic[] | undefined;
  if (schema === undefined) return keys;
  return [...keys, ...listKeys(planAttributes(product, rules, schema), subject.id)];
}

function subjectOf(product: ProductSnapshot, rules: AccountRules, subjects: readonly Subject[]): Subject | undefined {
  const ruled = Object.hasOwn(rules.categories, product.category) ? rules.categories[product.category] : undefined;
  return ruled === undefined ? findSubject(subjects, product.category) : subjectById(subjects, ruled);
}

type Say = (severity: Diagnostic['severity'], path: string, code: string, params?: Diagnostic['params']) => void;

/** The card as it is to be on Wildberries. Values are complete as far as they could be made; errors hold the card back. */
export function render(product: ProductSnapshot, rules: AccountRules, references: References): Rendered {
  const diagnostics: Diagnostic[] = [];
  const say: Say = (severity, path, code, params) => diagnostics.push({ severity, path, code, ...(params === undefined ? {} : { params }) });
  const values: CardValues = {};
  const key = keyOf(product);
  const article = articleOf(key);
  const isSize = sizeOfKey(key) !== undefined;
  if (article.length > ARTICLE_LIMIT) say('error', '', 'wildberries.article-too-long', { given: article.length, limit: ARTICLE_LIMIT });

  const subject = category(product, rules, references, say);
  if (subject !== undefined) values.category = subject.id;
  values.title = cut(line(plainText(isSize ? titleOfCard(product) : product.title)), TITLE_LIMIT, 'title', 'wildberries.title-cut', say);
  if (values.title === '') say('error', 'title', 'wildberries.title-required');
  values.description = cut(paragraphs(withoutTags(product.description)), DESCRIPTION_LIMIT, 'description', 'wildberries.description-cut', say);
  if (product.media.length === 0) say('error', 'media', 'wildberries.no-pictures');
  if (product.media.length > PICTURE_LIMIT) say('warning', 'media', 'wildberries.pictures-cut', { limit: PICTURE_LIMIT, given: product.media.length });
  values.media = product.media.slice(0, PICTURE_LIMIT).map((picture) => picture.digest);
  if (subject !== undefined) attributes(values, product, rules, subject, references, diagnostics, say);
  const { dimensions, weight } = product;
  if (dimensions === undefined || weight === undefined || ![dimensions.length, dimensions.width, dimensions.height, weight].every((side) => Math.round(side) > 0)) {
    say('error', 'dimensions', 'wildberries.dimensions-required');
  } else values.dimensions = normalise('dimensions', { ...dimensions, weight }) as CardValues['dimensions'];
  values.barcodes = normalise('barcodes', product.barcodes) as CardValues['barcodes'];
  if (product.barcodes.length === 0) say('warning', 'barcodes', 'wildberries.barcode-generated');
  values.presence = product.archived ? 'archived' : 'listed';

  const price = priceOf(product, say);
  // A size cannot be taken off its card: without pieces it is not sold.
  const stock = stockOf(isSize && product.archived ? { ...product, stock: {} } : product, rules, references, say);
  values.status = statusOf(product, price, stock);
  if (price !== undefined) values.price = price;
  if (stock !== undefined) values.stock = stock;
  return { values, diagnostics };
}

function category(product: ProductSnapshot, rules: AccountRules, references: References, say: Say): Subject | undefined {
  const subjects = references(referenceKey.subjects) as readonly Subject[] | undefined;
  if (subjects === undefined) {
    say('error', 'category', 'wildberries.reference-missing', { key: referenceKey.subjects });
    return undefined;
  }
  const subject = subjectOf(product, rules, subjects);
  if (subject !== undefined) return subject;
  const near = suggestSubjects(subjects, product.category);
  say('error', 'category', 'wildberries.category-unknown', {
    given: product.category,
    suggestions: near.map((one) => `${one.parent} / ${one.name}`).join('; '),
    ids: near.map((one) => one.id).join(' '),
  });
  return undefined;
}

function attributes(values: CardValues, product: ProductSnapshot, rules: AccountRules, subject: Subject, references: References, diagnostics: Diagnostic[], say: Say): void {
  const key = referenceKey.characteristics(subject.id);
  const schema = references(key) as readonly Characteristic[] | undefined;
  if (schema === undefined) {
    say('error', 'attributes', 'wildberries.reference-missing', { key });
    return;
  }
  const rendered = renderAttributes(product, planAttributes(product, rules, schema), schema, subject.id, references);
  values.attributes = rendered.attributes;
  diagnostics.push(...rendered.diagnostics);
}

/** Plain text only: what ended a block ends a line. */
function withoutTags(text: string): string {
  return text
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr|ul|ol)\s*>/gi, '\n')
    .split('\n')
    .map(plainText)
    .join('\n');
}

/** At a blank, where there is one in the last third. */
function cut(text: string, limit: number, path: string, code: string, say: Say): string {
  const letters = [...text];
  if (letters.length <= limit) return text;
  say('warning', path, code, { limit, given: letters.length });
  const whole = letters.slice(0, limit + 1).join('');
  const blank = Math.max(whole.lastIndexOf(' '), whole.lastIndexOf('\n'));
  return (blank > (limit * 2) / 3 ? whole.slice(0, blank) : letters.slice(0, limit).join('')).replace(/[\s,;:–—-]+$/u, '');
}

/** What Wildberries can show: whole units, a whole percent of discount. Told when that is not what was asked for. */
function priceOf(product: ProductSnapshot, say: Say): PriceValue | undefined {
  if (product.price === undefined || product.price.minor <= 0) {
    say('error', 'price', 'wildberries.price-required');
    return undefined;
  }
  const { minor, currency } = product.price;
  const old = product.oldPrice?.minor;
  const value = valueOfForm(formOfValue({ price: minor, ...(old === undefined ? {} : { old }) }), currency);
  if (value.price !== minor) say('warning', 'price', 'wildberries.price-rounded', { given: minor, shown: value.price });
  if (old !== undefined && old > minor && value.old !== old) say('warning', 'price', 'wildberries.old-price-rounded', { given: old, shown: value.old ?? 0 });
  return value;
}

/** Stock by the account's table of warehouses; without one, everything the seller has goes to the first working FBS warehouse. */
function stockOf(product: ProductSnapshot, rules: AccountRules, references: References, say: Say): Readonly<Record<string, number>> | undefined {
  const [first, ...rest] = stockWarehouses((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []).map(({ id }) => id);
  if (first === undefined) {
    say('warning', 'stock', 'wildberries.no-warehouse');
    return undefined;
  }
  const { stock, closed, unmapped } = stockByRules(product.stock, rules, [first, ...rest]);
  for (const other of closed) say('warning', 'stock', 'wildberries.warehouse-closed', { warehouse: other });
  for (const master of unmapped) say('warning', 'stock', 'wildberries.warehouse-unmapped', { warehouse: master });
  for (const given of Object.values(stock)) if (given > STOCK_LIMIT) say('warning', 'stock', 'wildberries.stock-cut', { limit: STOCK_LIMIT, given });
  return Object.fromEntries(Object.entries(stock).map(([id, pieces]) => [id, Math.min(pieces, STOCK_LIMIT)]));
}

/** What the card is meant to be for buyers; `causes` names what keeps it from sale on purpose. */
function statusOf(product: ProductSnapshot, price: PriceValue | undefined, stock: Readonly<Record<string, number>> | undefined): StatusValue {
  const causes: StatusValue['causes'][number][] = [];
  if (product.archived) causes.push({ code: 'archived' });
  if (price === undefined) causes.push({ code: 'no-price' });
  if (!Object.values(stock ?? {}).some((pieces) => pieces > 0)) causes.push({ code: 'no-stock' });
  return { sellable: causes.length === 0, moderation: 'none', causes, refusals: [] };
}
