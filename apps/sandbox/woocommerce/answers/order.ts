import { fromMinor, toMinor } from '../minor-units.js';
import type { Order, OrderLine } from '../orders.js';
import type { Office } from '../office.js';
import { dates, link } from './item.js';

const SHIPPING = ['first_name', 'last_name', 'company', 'address_1', 'address_2', 'city', 'state', 'postcode', 'country', 'phone'];
const BILLING = [...SHIPPING.slice(0, -1), 'email', 'phone'];

export function orderAnswer(office: Office, order: Order): Record<string, unknown> {
  const total = fromMinor(order.lines.reduce((sum, line) => sum + toMinor(line.total), 0));
  const completed = order.status === 'completed' ? order.modifiedAt : 0;
  return {
    id: order.id,
    parent_id: 0,
    number: String(order.id),
    order_key: `wc_order_${order.id}`,
    created_via: 'rest-api',
    version: office.cabinet.release.woocommerce,
    status: order.status,
    currency: office.cabinet.current.currency,
    ...dates(office, 'date_created', order.createdAt),
    ...dates(office, 'date_modified', order.modifiedAt),
    ...{ discount_total: '0.00', discount_tax: '0.00', shipping_total: '0.00', shipping_tax: '0.00', cart_tax: '0.00', total, total_tax: '0.00', prices_include_tax: false },
    ...{ customer_id: 0, customer_ip_address: '', customer_user_agent: '', customer_note: order.customerNote },
    billing: address(BILLING, order.billing),
    shipping: address(SHIPPING, order.shipping),
    ...{ payment_method: order.paymentMethod, payment_method_title: order.paymentTitle, transaction_id: '' },
    ...dates(office, 'date_paid', order.paidAt),
    ...dates(office, 'date_completed', completed),
    cart_hash: '',
    meta_data: [],
    line_items: order.lines.map(lineAnswer),
    ...{ tax_lines: [], shipping_lines: [], fee_lines: [], coupon_lines: [], refunds: [] },
    _links: { self: link(office, `/orders/${order.id}`), collection: link(office, '/orders') },
  };
}

/** The one place where the shop writes money as a number. */
function lineAnswer({ id, name, productId, variationId, quantity, total, sku, price }: OrderLine): object {
  return {
    ...{ id, name, product_id: productId, variation_id: variationId, quantity, tax_class: '', subtotal: total, subtotal_tax: '0.00', total, total_tax: '0.00' },
    ...{ taxes: [], meta_data: [], sku, price: Number(price) },
  };
}

const address = (members: readonly string[], given: Readonly<Record<string, string>>): object => Object.fromEntries(members.map((name) => [name, given[name] ?? '']));
