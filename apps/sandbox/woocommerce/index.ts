import { Ledger } from '../ledger.js';
import type { Market, MarketFrame, MarketKind } from '../market.js';
import { PictureHouse } from '../pictures/picture-house.js';
import { serveCdn } from '../pictures/serve-cdn.js';
import { Stats } from '../stats.js';
import { orderAnswer } from './answers/order.js';
import { productAnswer, variationAsProduct } from './answers/product.js';
import { serveBuyer, SHOP } from './buyer.js';
import { CabinetOffice } from './cabinet.js';
import { controlOf } from './control/index.js';
import { Counter } from '../counter.js';
import { WooFaults } from './faults.js';
import { Host } from './host.js';
import { serveWooCommerce } from './http.js';
import { fileStem, MediaLibrary } from './media-library.js';
import { homeOf, SITE, type Office } from './office.js';
import { OrderBook } from './orders.js';
import { LastPages } from './pages.js';
import { ProductBook } from './products.js';
import { TermBook } from './terms.js';
import { WebhookOffice } from './webhooks/webhook-office.js';

const PICTURES = { prefix: `${SITE}/wp-content/uploads/`, path: (number: number, source: string) => `2026/11/${fileStem(source)}-${number}`, first: 1 };

/** The simulated WooCommerce: one seller's own shop under /woocommerce, its API under /woocommerce/wp-json/wc/v3. */
export const woocommerce: MarketKind = { id: 'woocommerce', tables: ['attachments', 'terms', 'attributes', 'orders', 'webhooks', 'deliveries'], open };

function open(frame: MarketFrame): Market {
  const { clock, store } = frame;
  const cabinet = new CabinetOffice(store);
  const pictures = new PictureHouse(store, PICTURES, () => frame.baseUrl());
  const counter = (name: string, first: number): Counter => new Counter(store, name, first);
  const counters = { post: counter('post', 101), term: counter('term', 16), attribute: counter('attribute', 1), meta: counter('metaId', 1001), webhook: counter('webhook', 1) };
  const office: Office = {
    ...frame,
    cabinet,
    counters,
    pictures,
    products: new ProductBook(frame),
    terms: new TermBook(store, counters),
    library: new MediaLibrary(store, pictures, counters.post),
    orders: new OrderBook(store),
    webhooks: new WebhookOffice({ ...frame, cabinet, home: () => homeOf(office), payload: (resource, id) => payloadOf(office, resource, id) }),
    host: new Host(frame, cabinet),
    ledger: new Ledger(store),
    faults: new WooFaults(clock, frame.seed()),
    pages: new LastPages(),
  };
  const stats = new Stats();
  const control = controlOf(office, stats);
  return {
    id: woocommerce.id,
    control,
    shop: SHOP,
    arrived: () => Promise.all([pictures.arrived(), office.webhooks.arrived()]),
    routes: (app) => {
      serveWooCommerce(app, office, stats);
      serveCdn(app, pictures);
      serveBuyer(app, office);
    },
    reset: () => {
      cabinet.reset();
      for (const one of Object.values(counters)) one.reset();
      for (const part of [
        office.products,
        office.terms,
        office.library,
        office.orders,
        office.webhooks,
        office.host,
        pictures,
        office.ledger,
        office.pages,
        control.injections,
        stats,
      ])
        part.reset();
      office.faults.set([], frame.seed());
    },
  };
}

/** What a webhook tells of a thing: what the API would. */
function payloadOf(office: Office, resource: string, id: number): object | undefined {
  if (resource === 'order') {
    const order = office.orders.get(id);
    return order && orderAnswer(office, order);
  }
  const owned = resource === 'product' ? office.products.item(id) : undefined;
  if (!owned) return undefined;
  return owned.variation ? variationAsProduct(office, owned.product, owned.variation, 'view') : productAnswer(office, owned.product, 'view');
}
