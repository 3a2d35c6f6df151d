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
import { readToken } from '../token.js';
import { cabinetShape } from './cabinet-shape.js';
import { cardActions } from './card-actions.js';
import { cardPage, cardTruth } from './cards.js';
import { addSyntheticCards } from './synthetic.js';

export interface WildberriesControl extends MarketControl {
  readonly injections: InjectionBook<Card>;
}

/** The other side of this market. */
export function controlOf(office: Office, stats: Stats): WildberriesControl {
  const breakable = breakableCards(office);
  const injections = new InjectionBook(office, breakable);
  return {
    injections,
    cabinetShape,
    setCabinet: (change: CabinetChange) => office.cabinet.change(change),
    cabinet: () => cabinetView(office),
    connection: () => ({ token: office.cabinet.current.keys.A.value, baseUrl: `${office.baseUrl()}/wildberries` }),
    addCards: (count, seed) => addSyntheticCards(office, count, seed),
    counts: () => counts(office),
    page: (cursor, limit) => cardPage(office, cursor, limit),
    card: (vendorCode) => {
      const card = office.cards.evenRemoved(vendorCode);
      return card && cardTruth(office, injections, card);
    },
    actions: cardActions(office),
    faultKinds: FAULT_KINDS,
    faults: office.faults,
    forgive: () => {
      for (const key of ['A', 'B'] as const) office.cabinet.revoke(key, false);
    },
    gremlinKinds: kindsOf(breakable, GREMLIN_KINDS),
    notSuffered: { 'category-moved': 'the subject of a card is fixed when it is made, and nobody can change it afterwards' },
    scramble: (order) => scramble(breakable, injections, office.clock, order),
    injected: () => injections.views(),
    ledger: office.ledger,
    stats,
    figures: () => ({ refused: { rate: office.limits.refused }, open_tasks: office.tasks.open, drafts: office.drafts.count }),
  };
}

function counts(office: Office): { cards: number; archived: number } {
  let archived = 0;
  let cards = 0;
  for (const card of office.cards.all()) card.trashedAt > 0 ? archived++ : cards++;
  return { cards, archived };
}

function cabinetView(office: Office): object {
  const { keys, ...rest } = office.cabinet.current;
  const key = (name: 'A' | 'B'): object => {
    const token = readToken(keys[name].value);
    return { ...keys[name], type: token?.type ?? 'malformed', expires_at: token ? new Date(token.expiresAt).toISOString() : null };
  };
  return { ...rest, keys: { A: key('A'), B: key('B') } };
}
