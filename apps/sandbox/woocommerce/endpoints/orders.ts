import { orderAnswer } from '../answers/order.js';
import { runBatch } from '../batch.js';
import { BATCHING, created, CREATING, DELETING, EDITING, ok, READING, type Body, type Call, type Endpoint } from '../endpoint.js';
import { idsIn, pageOf } from '../list-query.js';
import { fromMinor, toMinor } from '../minor-units.js';
import type { Office } from '../office.js';
import { followOrder } from '../order-stock.js';
import { ORDER_STATUSES, type Order, type OrderLine } from '../orders.js';
import { checkParams, isSent, listOf, object, objectsOf, oneOf, text, truthy, whole, type Shapes } from '../params.js';
import { priceOf } from '../prices.js';
import { invalidId, invalidParams, Problem } from '../problem.js';
import { momentOf, wholeSecond } from '../site-time.js';

const SHAPES: Shapes = {
  status: oneOf(ORDER_STATUSES),
  customer_note: text,
  payment_method: text,
  payment_method_title: text,
  set_paid: { type: 'boolean' },
  line_items: listOf(object({ product_id: whole, variation_id: whole, quantity: whole })),
};
const FINDING: Shapes = { orderby: oneOf(['date', 'modified', 'id', 'include', 'title', 'slug']), dates_are_gmt: { type: 'boolean' } };

const ownId = (call: Call): number => call.ids['id'] ?? 0;

export const orderEndpoints: readonly Endpoint[] = [
  { verbs: READING, path: '/orders', act: 'list', run: (call) => pageOf(call, FINDING, find(call), (order) => orderAnswer(call.office, order)) },
  { verbs: CREATING, path: '/orders', act: 'create', run: (call) => created(orderAnswer(call.office, create(call, call.body))) },
  { verbs: READING, path: '/orders/{id}', act: 'view', run: (call) => ok(orderAnswer(call.office, orderOf(call.office, ownId(call)))) },
  { verbs: EDITING, path: '/orders/{id}', act: 'edit', run: (call) => ok(orderAnswer(call.office, edit(call, ownId(call), call.body))) },
  {
    verbs: DELETING,
    path: '/orders/{id}',
    act: 'delete',
    run: (call) => ok(orderAnswer(call.office, remove(call, ownId(call), truthy(call.query['force'] ?? call.body['force'])))),
  },
  {
    ...{ verbs: BATCHING, path: '/orders/batch', act: 'batch' },
    run: (call) =>
      runBatch(call, {
        create: (body) => orderAnswer(call.office, create(call, body)),
        edit: (id, body) => orderAnswer(call.office, edit(call, id, body)),
        remove: (id) => orderAnswer(call.office, remove(call, id, true)),
      }),
  },
];

function find({ office, query }: Call): Order[] {
  const statuses = (query['status'] ?? 'any').split(',');
  const isGmt = truthy(query['dates_are_gmt']);
  const include = idsIn(query['include']);
  const bound = (name: string): number | undefined => {
    const moment = query[name] === undefined ? undefined : momentOf(office, query[name], isGmt);
    if (query[name] !== undefined && moment === undefined) throw invalidParams({ [name]: { code: 'rest_invalid_date', message: 'Invalid date.' } });
    return moment;
  };
  const [after, before, modifiedAfter, modifiedBefore] = ['after', 'before', 'modified_after', 'modified_before'].map(bound);
  const within = (moment: number, from: number | undefined, to: number | undefined): boolean => (from === undefined || moment > from) && (to === undefined || moment < to);
  const found = office.orders
    .all()
    .filter((order) => (statuses.includes('any') ? order.status !== 'trash' : statuses.includes(order.status)))
    .filter((order) => (!include || include.includes(order.id)) && within(order.createdAt, after, before) && within(order.modifiedAt, modifiedAfter, modifiedBefore));
  const sign = query['order'] === 'asc' ? 1 : -1;
  const moment = query['orderby'] === 'modified' ? 'modifiedAt' : 'createdAt';
  return found.sort((a, b) => sign * ((query['orderby'] === 'id' ? 0 : a[moment] - b[moment]) || a.id - b.id));
}

function orderOf({ orders }: Office, id: number): Order {
  const order = orders.get(id);
  if (!order) throw invalidId('shop_order');
  return order;
}

function create(call: Call, body: Body): Order {
  checkParams(body, SHAPES);
  const { office } = call;
  const now = wholeSecond(office.clock.now());
  const status = ORDER_STATUSES.find((one) => one === body['status']) ?? (truthy(body['set_paid']) ? 'processing' : 'pending');
  return place(office, linesOf(office, body), {
    ...{ status, createdAt: now, modifiedAt: now, paidAt: truthy(body['set_paid']) ? now : 0 },
    ...{ customerNote: String(body['customer_note'] ?? ''), billing: textsOf(body['billing']), shipping: textsOf(body['shipping']) },
    ...{ paymentMethod: String(body['payment_method'] ?? ''), paymentTitle: String(body['payment_method_title'] ?? '') },
  });
}

/** Puts a new order into the shop: stock follows, and who subscribed hears of it. */
export function place(office: Office, lines: OrderLine[], about: Omit<Order, 'id' | 'lines' | 'reduced'>): Order {
  const order: Order = { ...about, id: office.counters.post.next(), lines, reduced: false };
  followOrder(office, order);
  office.orders.save(order);
  office.webhooks.happened('order.created', order.id);
  return order;
}

function edit(call: Call, id: number, body: Body): Order {
  checkParams(body, SHAPES);
  const { office } = call;
  const order = orderOf(office, id);
  const now = wholeSecond(office.clock.now());
  order.status = ORDER_STATUSES.find((one) => one === body['status']) ?? (truthy(body['set_paid']) ? 'processing' : order.status);
  if (truthy(body['set_paid']) && order.paidAt === 0) order.paidAt = now;
  if (isSent(body['customer_note'])) order.customerNote = String(body['customer_note']);
  order.modifiedAt = now;
  followOrder(office, order);
  office.orders.save(order);
  office.webhooks.happened('order.updated', order.id);
  return order;
}

function remove(call: Call, id: number, force: boolean): Order {
  const { office } = call;
  const order = orderOf(office, id);
  if (!force && order.status === 'trash') throw new Problem(410, 'woocommerce_rest_already_trashed', 'The shop_order has already been deleted.');
  const was = structuredClone(order);
  if (force) office.orders.remove(id);
  else office.orders.save(Object.assign(order, { status: 'trash' }));
  office.webhooks.happened('order.deleted', id);
  return was;
}

function linesOf(office: Office, body: Body): OrderLine[] {
  return objectsOf(body['line_items']).map((sent) => {
    const line = lineOf(office, Number(sent['variation_id'] || sent['product_id'] || 0), Number(sent['quantity'] ?? 1));
    if (!line) throw new Problem(400, 'woocommerce_rest_required_product_reference', 'Product ID or SKU is required.');
    return line;
  });
}

/** A line of an order for some pieces of goods or of a variation; undefined where there are none such. */
export function lineOf(office: Office, id: number, quantity: number): OrderLine | undefined {
  const owned = office.products.item(id);
  if (!owned) return undefined;
  const { product, variation } = owned;
  const price = priceOf(variation ?? product, office.clock.now());
  const names = [product.name, ...(variation?.attributes.map((one) => one.option) ?? [])];
  return {
    ...{ id: office.counters.meta.next(), productId: product.id, variationId: variation?.id ?? 0, name: names.join(' - '), sku: (variation ?? product).sku, quantity, price },
    total: fromMinor(toMinor(price) * quantity),
  };
}

function textsOf(sent: unknown): Record<string, string> {
  return typeof sent === 'object' && sent !== null ? Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)])) : {};
}
