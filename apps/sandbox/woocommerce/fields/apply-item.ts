import { compareDecimals, readDecimal } from '../decimals.js';
import { BACKORDERS, STATUSES, STOCK_STATUSES, type Item, type Meta } from '../model.js';
import type { Office } from '../office.js';
import { isSent, objectsOf, truthy } from '../params.js';
import { Problem } from '../problem.js';
import { momentOf } from '../site-time.js';
import { keptHtml, plainLine } from '../text.js';

type Body = Readonly<Record<string, unknown>>;

/** Puts what goods and variations have in common onto a draft; throws what the shop answers to an article or a GTIN in use. */
export function applyItem(office: Office, draft: Item, body: Body): void {
  for (const name of Object.keys(draft.plain)) if (isSent(body[name])) draft.plain[name] = keptPlain(draft.plain[name], body[name]);
  if (isSent(body['status'])) draft.status = STATUSES.find((one) => one === body['status']) ?? draft.status;
  if (isSent(body['description'])) draft.description = keptHtml(String(body['description']));
  if (isSent(body['menu_order'])) draft.menuOrder = Number(body['menu_order']);
  applySku(office, draft, body);
  applyGtin(office, draft, body);
  applyPrices(office, draft, body);
  applyStock(office, draft, body);
  applySize(office, draft, body);
  applyMeta(office, draft, body);
}

function keptPlain(before: unknown, sent: unknown): unknown {
  if (typeof before === 'boolean') return truthy(sent);
  return typeof before === 'number' ? Number(sent) : structuredClone(sent);
}

function applySku({ products }: Office, draft: Item, { sku }: Body): void {
  if (!isSent(sku)) return;
  const wanted = plainLine(String(sku));
  const owner = wanted === '' ? undefined : products.bySku(wanted);
  const id = owner?.variation?.id ?? owner?.product.id;
  if (owner && id !== draft.id) {
    if ((owner.variation ?? owner.product).status === 'trash')
      throw new Problem(400, 'woocommerce_rest_product_not_created', `The product with SKU (${wanted}) you are trying to insert is already present in the lookup table`);
    throw new Problem(400, 'product_invalid_sku', 'Invalid or duplicated SKU.', { resource_id: id, unique_sku: freeSku(products, wanted) });
  }
  draft.sku = wanted;
}

function freeSku(products: Office['products'], sku: string): string {
  for (let n = 1; ; n++) if (!products.bySku(`${sku}-${n}`)) return `${sku}-${n}`;
}

function applyGtin({ products }: Office, draft: Item, { global_unique_id: gtin }: Body): void {
  if (!isSent(gtin)) return;
  const sent = String(gtin).trim();
  const wanted = /^[\d-]*$/.test(sent) ? sent : '';
  const owner = wanted === '' ? undefined : products.byGtin(wanted);
  const id = owner?.variation?.id ?? owner?.product.id;
  if (owner && id !== draft.id) throw new Problem(400, 'product_invalid_global_unique_id', 'Invalid or duplicated GTIN, UPC, EAN or ISBN.', { resource_id: id });
  draft.gtin = wanted;
}

function applyPrices(office: Office, draft: Item, body: Body): void {
  const separator = office.cabinet.current.decimal_separator;
  if (isSent(body['regular_price'])) draft.regularPrice = readDecimal(String(body['regular_price']), separator);
  if (isSent(body['sale_price'])) draft.salePrice = readDecimal(String(body['sale_price']), separator);
  // A sale that is none is not kept.
  if (draft.salePrice !== '' && compareDecimals(draft.salePrice, draft.regularPrice) >= 0) draft.salePrice = '';
  for (const [member, isGmt] of [
    ['date_on_sale_from', false],
    ['date_on_sale_from_gmt', true],
  ] as const)
    if (isSent(body[member])) draft.saleFrom = momentOf(office, String(body[member]), isGmt) ?? 0;
  for (const [member, isGmt] of [
    ['date_on_sale_to', false],
    ['date_on_sale_to_gmt', true],
  ] as const)
    if (isSent(body[member])) draft.saleTo = momentOf(office, String(body[member]), isGmt) ?? 0;
}

function applyStock({ cabinet }: Office, draft: Item, body: Body): void {
  // Where the shop does not count, figures are dropped without a word.
  const { manage_stock: manage, stock_quantity: quantity, backorders } = cabinet.current.manage_stock ? body : { manage_stock: false };
  const { stock_status: status } = body;
  if (isSent(manage)) draft.manageStock = manage === 'parent' ? 'parent' : truthy(manage);
  if (isSent(backorders)) draft.backorders = BACKORDERS.find((one) => one === backorders) ?? draft.backorders;
  if (isSent(quantity)) {
    draft.manageStock = true;
    draft.stockQuantity = Number(quantity);
  }
  if (draft.manageStock !== true) {
    draft.stockQuantity = null;
    draft.backorders = 'no';
    if (isSent(status)) draft.stockStatus = STOCK_STATUSES.find((one) => one === status) ?? draft.stockStatus;
    return;
  }
  settleStock(draft);
}

/** What a managed quantity means for whether it can be had. */
export function settleStock(draft: Item): void {
  draft.stockQuantity ??= 0;
  draft.stockStatus = draft.stockQuantity > 0 ? 'instock' : draft.backorders === 'no' ? 'outofstock' : 'onbackorder';
}

function applySize({ cabinet }: Office, draft: Item, body: Body): void {
  const separator = cabinet.current.decimal_separator;
  if (isSent(body['weight'])) draft.weight = readDecimal(String(body['weight']), separator);
  const sent = (body['dimensions'] ?? {}) as Record<string, unknown>;
  for (const side of ['length', 'width', 'height'] as const) if (isSent(sent[side])) draft.dimensions[side] = readDecimal(String(sent[side]), separator);
}

/** Merged by number or by key; a null takes an entry away. */
function applyMeta({ counters }: Office, draft: Item, { meta_data: sent }: Body): void {
  for (const { id, key, value } of objectsOf(sent)) {
    const found = draft.meta.find((one) => (isSent(id) ? one.id === Number(id) : one.key === key));
    if (found && !isSent(value)) draft.meta = draft.meta.filter((one) => one !== found);
    else if (found) Object.assign(found, { value: structuredClone(value), ...(isSent(key) ? { key: String(key) } : {}) } satisfies Partial<Meta>);
    else if (isSent(key) && isSent(value)) draft.meta.push({ id: counters.meta.next(), key: String(key), value: structuredClone(value) });
  }
}
