import { settleStock } from './fields/apply-item.js';
import type { Order, OrderStatus } from './orders.js';
import type { Office } from './office.js';
import { meanings, noteWrite, touch } from './writes.js';

const TAKES: ReadonlySet<OrderStatus> = new Set(['processing', 'on-hold', 'completed']);
const GIVES_BACK: ReadonlySet<OrderStatus> = new Set(['cancelled', 'pending']);

/** Takes ordered goods out of stock, or puts them back, as the status of the order says. */
export function followOrder(office: Office, order: Order): void {
  const take = TAKES.has(order.status) && !order.reduced;
  const giveBack = GIVES_BACK.has(order.status) && order.reduced;
  if (!take && !giveBack) return;
  for (const { productId, variationId, quantity } of order.lines) move(office, variationId || productId, take ? -quantity : quantity);
  order.reduced = take;
}

function move(office: Office, id: number, by: number): void {
  const owned = office.products.item(id);
  if (!owned) return;
  const { product, variation } = owned;
  const ware = variation && variation.manageStock !== 'parent' ? variation : product;
  product.sold = Math.max(0, product.sold - by);
  if (ware.manageStock !== true) return;
  const before = meanings(office, ware, ['stock']);
  ware.stockQuantity = (ware.stockQuantity ?? 0) + by;
  settleStock(ware);
  touch(office, product, ware);
  office.products.save(product);
  // A sale is nobody's write: it stands beside the gremlins'.
  noteWrite(office, { key: 'gremlin', method: 'order' }, ware, before);
  office.webhooks.happened('product.updated', id);
}
