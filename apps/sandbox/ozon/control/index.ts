import type { MarketControl } from '../../control/market-control.js';
import { kindsOf } from '../../gremlins/breakable.js';
import { InjectionBook } from '../../gremlins/injections.js';
import { GREMLIN_KINDS } from '../../gremlins/kinds.js';
import { scramble } from '../../gremlins/scramble.js';
import type { Stats } from '../../stats.js';
import type { CabinetChange } from '../cabinet.js';
import { FAULT_KINDS } from '../faults.js';
import { breakableCards } from '../gremlins/breakable-cards.js';
import type { Market } from '../market.js';
import type { Card } from '../model.js';
import type { TaskOffice } from '../tasks.js';
import { cabinetShape } from './cabinet-shape.js';
import { cardActions } from './card-actions.js';
import { cardPage, cardTruth } from './cards.js';
import { addSyntheticCards } from './synthetic.js';

export interface OzonControl extends MarketControl {
  readonly injections: InjectionBook<Card>;
}

/** The other side of this market. */
export function controlOf(market: Market, tasks: TaskOffice, stats: Stats, baseUrl: () => string): OzonControl {
  const breakable = breakableCards(market, tasks);
  const injections = new InjectionBook(market, breakable);
  return {
    injections,
    cabinetShape,
    setCabinet: (change: CabinetChange) => market.cabinet.change(change, market.clock.now()),
    cabinet: () => cabinetView(market),
    connection: () => ({ clientId: market.cabinet.current.client_id, apiKey: market.cabinet.current.keys.A.value, baseUrl: `${baseUrl()}/ozon` }),
    addCards: (count, seed) => addSyntheticCards(market, count, seed),
    counts: () => ({ cards: market.cards.listed, archived: market.cards.archived }),
    page: (cursor, limit) => cardPage(market, cursor, limit),
    card: (offerId) => {
      const card = market.cards.evenRemoved(offerId);
      return card && cardTruth(market, tasks, injections, card);
    },
    actions: cardActions(market),
    faultKinds: FAULT_KINDS,
    faults: market.faults,
    forgive: () => {
      for (const key of ['A', 'B'] as const) market.cabinet.restore(key);
    },
    gremlinKinds: kindsOf(breakable, GREMLIN_KINDS),
    scramble: (order) => scramble(breakable, injections, market.clock, order),
    injected: () => injections.views(),
    ledger: market.ledger,
    stats,
    figures: () => ({ refused: market.limits.refused, open_tasks: tasks.open }),
  };
}

function cabinetView(market: Market): object {
  const { keys, ...rest } = market.cabinet.current;
  const key = (name: 'A' | 'B'): object => ({
    value: keys[name].value,
    expires_at: new Date(keys[name].expiresAt).toISOString(),
    revoked: keys[name].revoked,
  });
  return { ...rest, keys: { A: key('A'), B: key('B') } };
}
