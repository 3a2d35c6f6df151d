import type { Store } from '../store.js';

export interface OrderLine {
  id: number;
  productId: number;
  variationId: number;
  name: string;
  sku: string;
  quantity: number;
  /** Decimal text, for all pieces. */
  total: string;
  price: string;
}

export interface Order {
  id: number;
  status: OrderStatus;
  lines: OrderLine[];
  createdAt: number;
  modifiedAt: number;
  /** 0 while nobody paid. */
  paidAt: number;
  customerNote: string;
  billing: Record<string, string>;
  shipping: Record<string, string>;
  paymentMethod: string;
  paymentTitle: string;
  /** The goods were taken out of stock. */
  reduced: boolean;
}

export const ORDER_STATUSES = ['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed', 'checkout-draft', 'trash'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export class OrderBook {
  private readonly orders = new Map<number, Order>();

  constructor(private readonly store: Store) {
    for (const order of store.all<Order>('orders')) this.orders.set(order.id, order);
  }

  get(id: number): Order | undefined {
    return this.orders.get(id);
  }

  all(): Order[] {
    return [...this.orders.values()];
  }

  save(order: Order): void {
    this.orders.set(order.id, order);
    this.store.put('orders', order.id, order);
  }

  remove(id: number): void {
    this.orders.delete(id);
    this.store.remove('orders', id);
  }

  reset(): void {
    this.orders.clear();
  }
}
