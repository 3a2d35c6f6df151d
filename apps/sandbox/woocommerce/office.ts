import type { Ledger } from '../ledger.js';
import type { MarketFrame } from '../market.js';
import type { PictureHouse } from '../pictures/picture-house.js';
import type { CabinetOffice } from './cabinet.js';
import type { Counter } from '../counter.js';
import type { WooFaults } from './faults.js';
import type { Host } from './host.js';
import type { MediaLibrary } from './media-library.js';
import type { OrderBook } from './orders.js';
import type { LastPages } from './pages.js';
import type { ProductBook } from './products.js';
import type { TermBook } from './terms.js';
import type { WebhookOffice } from './webhooks/webhook-office.js';

export type CounterName = 'post' | 'term' | 'attribute' | 'meta' | 'webhook';

/** Everything this shop's methods and its control surface work on. */
export interface Office extends MarketFrame {
  readonly cabinet: CabinetOffice;
  readonly counters: Readonly<Record<CounterName, Counter>>;
  readonly products: ProductBook;
  readonly terms: TermBook;
  readonly library: MediaLibrary;
  readonly pictures: PictureHouse;
  readonly orders: OrderBook;
  readonly webhooks: WebhookOffice;
  readonly host: Host;
  readonly ledger: Ledger;
  readonly faults: WooFaults;
  readonly pages: LastPages;
}

export const SITE = '/woocommerce';
export const API = '/wp-json/wc/v3';

/** The address of the shop, as its buyers know it. */
export function homeOf(office: Pick<Office, 'baseUrl' | 'cabinet'>): string {
  const base = office.baseUrl();
  return `${office.cabinet.current.tls ? base.replace(/^http:/, 'https:') : base}${SITE}`;
}
