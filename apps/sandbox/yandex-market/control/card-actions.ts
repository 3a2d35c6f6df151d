import { drawnPicture } from '../../pictures/drawn-picture.js';
import { allLeaves } from '../categories.js';
import type { Card, CardPicture, FacetName } from '../model.js';
import type { Office } from '../office.js';
import { meanings, noteWrite } from '../writes.js';

/** What befalls one card from outside the API, by name; false when there is no such card. */
export function cardActions(office: Office): Readonly<Record<string, (offerId: string) => boolean>> {
  const act = (name: string, facets: readonly FacetName[], change: (card: Card) => void) => (offerId: string) => {
    const card = office.cards.find(offerId);
    if (!card) return false;
    const before = meanings(card, facets);
    change(card);
    office.cards.save(card);
    noteWrite(office, { key: 'gremlin', method: name, taskId: 0 }, card, before);
    return true;
  };
  return {
    /** Confirms a price held back, shows a hidden card in every store, lifts a block. */
    release: act('release', ['status', 'price'], (card) => {
      if (card.quarantine) Object.assign(card, { price: card.quarantine, lastValid: card.quarantine.value });
      Object.assign(card, { quarantine: null, blocked: '', hidden: [], absent: [], errors: [] });
    }),
    archive: act('archive', ['presence'], (card) => {
      card.archived = true;
    }),
    /** Hides a card in every store. */
    hide: act('hide', ['status'], (card) => {
      card.hidden = office.cabinet.current.campaigns.map(({ id }) => id);
    }),
    /** The market itself keeps it from buyers. */
    block: act('block', ['status'], (card) => {
      card.blocked = 'Товар скрыт: нужны документы о соответствии';
    }),
    /** The market decides for another category of the same branch. */
    'move-category': act('move-category', ['category'], (card) => {
      const here = card.market.categoryId || card.categoryId;
      const from = allLeaves().find(({ id }) => id === here);
      const to = allLeaves().find((leaf) => leaf.root === from?.root && leaf.id !== here);
      if (to) card.market = { ...card.market, categoryId: to.id };
    }),
    /** The market binds the offer to a card of its own. */
    'market-card': act('market-card', ['status'], (card) => {
      card.foreignCard = true;
    }),
    /** The market has measured the goods: other dimensions are refused from now on. */
    measure: act('measure', ['dimensions'], (card) => {
      card.measured = true;
    }),
    /** Other bytes behind every address of the card's pictures. */
    repaint: act('repaint', ['media'], (card) => {
      card.pictures = card.pictures.map((one, at): CardPicture =>
        one.state === 'UPLOADED' ? { ...office.pictures.repaint(one, drawnPicture('repainted', card.offerId, at)), state: 'UPLOADED' } : one,
      );
    }),
    /** A buyer orders one piece: it is reserved. */
    order: act('order', ['stock'], (card) => reserve(card)),
  };
}

function reserve(card: Card): void {
  const found = Object.entries(card.stocks).find(([, { fit, freeze }]) => fit > freeze);
  if (found) card.stocks = { ...card.stocks, [found[0]]: { ...found[1], freeze: found[1].freeze + 1 } };
}
