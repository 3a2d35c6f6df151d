import type { MarketControl } from '../../control/market-control.js';
import { kindsOf } from '../../gremlins/breakable.js';
import { InjectionBook } from '../../gremlins/injections.js';
import { GREMLIN_KINDS } from '../../gremlins/kinds.js';
import { scramble } from '../../gremlins/scramble.js';
import type { Stats } from '../../stats.js';
import { KEYS, type CabinetChange } from '../cabinet.js';
import { FAULT_KINDS } from '../faults.js';
import { breakableWares } from '../gremlins/breakable-wares.js';
import { isTrashed, type Ware } from '../model.js';
import { SITE, type Office } from '../office.js';
import { cabinetShape } from './cabinet-shape.js';
import { cardActions } from './card-actions.js';
import { cardPage, cardTruth } from './cards.js';
import { addSyntheticProducts } from './synthetic.js';

export interface WooControl extends MarketControl {
  readonly injections: InjectionBook<Ware>;
}

/** The other side of this shop. */
export function controlOf(office: Office, stats: Stats): WooControl {
  const breakable = breakableWares(office);
  const injections = new InjectionBook(office, breakable);
  return {
    injections,
    cabinetShape,
    setCabinet: (change: CabinetChange) => office.cabinet.change(change),
    cabinet: () => office.cabinet.current,
    connection: () => {
      const { consumer_key: consumerKey, consumer_secret: consumerSecret } = office.cabinet.current.keys.A;
      return { siteUrl: `${office.baseUrl()}${SITE}`, consumerKey, consumerSecret };
    },
    addCards: (count, seed) => addSyntheticProducts(office, count, seed),
    counts: () => counts(office),
    page: (cursor, limit) => cardPage(office, cursor, limit),
    card: (key) => {
      const found = office.products.evenRemoved(key);
      return found && cardTruth(office, injections, found.variation ?? found.product);
    },
    actions: cardActions(office),
    faultKinds: FAULT_KINDS,
    faults: office.faults,
    forgive: () => {
      for (const key of KEYS) office.cabinet.revoke(key, false);
    },
    gremlinKinds: kindsOf(breakable, GREMLIN_KINDS),
    scramble: (order) => scramble(breakable, injections, office.clock, order),
    injected: () => injections.views(),
    ledger: office.ledger,
    stats,
    figures: () => ({ refused: { host: office.host.refused }, attachments: office.library.count, webhooks: { ...office.webhooks.sent } }),
  };
}

/** What lies in the trash counts as archived. */
function counts(office: Office): { cards: number; archived: number } {
  let archived = 0;
  let cards = 0;
  for (const ware of office.products.wares()) isTrashed(ware, office.products.productOf(ware)) ? archived++ : cards++;
  return { cards, archived };
}
