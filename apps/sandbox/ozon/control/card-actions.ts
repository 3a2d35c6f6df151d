import { drawnPicture } from '../../pictures/drawn-picture.js';
import type { Market } from '../market.js';
import { meaning } from '../meaning.js';
import type { Card, FacetName } from '../model.js';
import { noteWrite } from '../writes.js';

/** What befalls one card from outside the marketplace's API, by name; false when there is no such card. */
export function cardActions(market: Market): Readonly<Record<string, (offerId: string) => boolean>> {
  const to = (change: (card: Card) => void) => (offerId: string) => {
    const card = market.cards.byOfferId(offerId);
    if (!card) return false;
    change(card);
    market.cards.save(card);
    return true;
  };
  const noted = (name: string, facet: FacetName, change: (card: Card) => void) =>
    to((card) => {
      const before = meaning(card, facet);
      change(card);
      const facets = [{ facet, before, after: meaning(card, facet), echoes: false }];
      noteWrite(market, { key: 'gremlin', method: name, taskId: 0, offerId: card.offerId, fullCard: false, revalidates: false, facets });
    });
  return {
    /** Confirms a price that the channel held back. */
    release: to((card) => {
      card.quarantined = false;
      card.price.base = card.price.price;
    }),
    /** Other bytes behind every address of the card's pictures; the addresses stay, so no list of addresses tells of it. */
    repaint: noted('repaint', 'media', (card) => {
      card.live.pictures = card.live.pictures.map((picture, at) => market.pictures.repaint(picture, drawnPicture('repainted', card.offerId, at)));
    }),
    /** A buyer orders one piece: it is there, but held back. */
    reserve: noted('reserve', 'stock', (card) => reserve(market, card, 1)),
    /** The order is cancelled: the piece can be sold again. */
    unreserve: noted('unreserve', 'stock', (card) => reserve(market, card, -1)),
  };
}

function reserve(market: Market, card: Card, pieces: 1 | -1): void {
  const warehouse = market.cabinet.current.warehouses.find((one) => one.active);
  const stock = warehouse && card.stocks[String(warehouse.id)];
  if (stock) stock.reserved = Math.min(stock.present, Math.max(0, stock.reserved + pieces));
}
