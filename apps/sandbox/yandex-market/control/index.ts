import type { MarketControl } from '../../control/market-control.js';
import { kindsOf } from '../../gremlins/breakable.js';
import { InjectionBook } from '../../gremlins/injections.js';
import { GREMLIN_KINDS } from '../../gremlins/kinds.js';
import { scramble } from '../../gremlins/scramble.js';
import type { Stats } from '../../stats.js';
import type { CabinetChange } from '../cabinet.js';
import { FAULT_KINDS } from '../faults.js';
import { breakableCards } from '../gremlins/breakable-cards.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { cabinetShape } from './cabinet-shape.js';
import { cardActions } from './card-actions.js';
import { cardPage, cardTruth } from './cards.js';
import { addSyntheticCards } from './synthetic.js';

export interface YandexMarketControl extends MarketControl {
  readonly injections: InjectionBook<Card>;
}

/** The other side of this market. */
export function controlOf(office: Office, stats: Stats): YandexMarketControl {
  const breakable = breakableCards(office);
  const injections = new InjectionBook(office, breakable);
  return {
    injections,
    cabinetShape,
    setCabinet: (change: CabinetChange) => office.cabinet.change(change),
    cabinet: () => office.cabinet.current,
    connection: () => connection(office),
    addCards: (count, seed) => addSyntheticCards(office, count, seed),
    counts: () => counts(office),
    page: (cursor, limit) => cardPage(office, cursor, limit),
    card: (offerId) => {
      const card = office.cards.evenRemoved(offerId);
      return card && cardTruth(office, injections, card);
    },
    actions: cardActions(office),
    faultKinds: FAULT_KINDS,
    faults: office.faults,
    forgive: () => {
      for (const key of ['A', 'B'] as const) office.cabinet.revoke(key, false);
    },
    gremlinKinds: kindsOf(breakable, GREMLIN_KINDS),
    scramble: (order) => scramble(breakable, injections, office.clock, order),
    injected: () => injections.views(),
    ledger: office.ledger,
    stats,
    figures: () => ({ refused: { rate: office.limits.refused, parallel: office.parallel.refused }, open_tasks: office.tasks.open }),
  };
}

function connection({ cabinet, baseUrl }: Office): Record<string, string> {
  const { business, campaigns, keys } = cabinet.current;
  return { apiKey: keys.A.value, businessId: String(business.id), campaignId: String(campaigns[0]?.id ?? ''), baseUrl: `${baseUrl()}/yandex-market` };
}

function counts({ cards }: Office): { cards: number; archived: number } {
  let archived = 0;
  for (const card of cards.all()) if (card.archived) archived++;
  return { cards: [...cards.all()].length - archived, archived };
}
