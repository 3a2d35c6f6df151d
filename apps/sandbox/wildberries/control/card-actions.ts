import { drawnPicture } from '../../pictures/drawn-picture.js';
import type { Card, FacetName } from '../model.js';
import type { Office } from '../office.js';
import { meanings, noteWrite, touch } from '../writes.js';

/** What befalls one card from outside the API, by name; false when there is no such card. */
export function cardActions(office: Office): Readonly<Record<string, (vendorCode: string) => boolean>> {
  const act = (name: string, facets: readonly FacetName[], change: (card: Card) => void) => (vendorCode: string) => {
    const card = office.cards.byVendorCode(vendorCode);
    if (!card) return false;
    const before = meanings(card, facets);
    change(card);
    office.cards.save(card);
    noteWrite(office, { key: 'gremlin', method: name, taskId: 0 }, card, before);
    return true;
  };
  return {
    /** Confirms a price held back, shows a hidden card, lifts a block. */
    release: act('release', ['status', 'price'], (card) => {
      if (card.quarantine) {
        for (const size of card.sizes) size.price = card.quarantine.price;
        card.discount = card.quarantine.discount;
      }
      Object.assign(card, { quarantine: null, shadowed: false, blocked: '' });
    }),
    /** Keeps a card out of the catalogue. */
    shadow: act('shadow', ['status'], (card) => {
      card.shadowed = true;
    }),
    block: act('block', ['status'], (card) => {
      card.blocked = 'Контактные данные на фотографии товара';
    }),
    trash: act('trash', ['presence'], (card) => {
      card.trashedAt = Math.max(1, office.clock.now());
      card.imtID = office.cards.next('imtID');
    }),
    /** Too many pieces for too long: the market sells it off and takes no other price. */
    'force-sale': act('force-sale', ['price'], (card) => {
      card.forcedSale = true;
      card.discount = Math.min(90, card.discount + 20);
    }),
    /** The goods may have a price for each size. */
    'price-by-size': act('price-by-size', ['price'], (card) => {
      card.editableSizePrice = true;
    }),
    /** Other bytes behind every address of the card's pictures. */
    repaint: act('repaint', ['media'], (card) => {
      card.pictures = card.pictures.map((picture, at) => office.pictures.repaint(picture, drawnPicture('repainted', card.vendorCode, at)));
    }),
    /** A buyer orders one piece: it is sold. */
    order: act('order', ['stock'], (card) => sell(card)),
    /** A member of the card that programs of yesterday do not know. */
    document: act('document', ['attributes'], (card) => {
      card.more = { ...card.more, documents: { items: [{ id: card.nmUUID, type: 3, number: `РОСС RU.${card.nmID}` }], excludeDocuments: false } };
      touch(office, card);
    }),
  };
}

function sell(card: Card): void {
  for (const [warehouse, sizes] of Object.entries(card.stocks)) {
    const found = Object.entries(sizes).find(([, amount]) => amount > 0);
    if (!found) continue;
    card.stocks = { ...card.stocks, [warehouse]: { ...sizes, [found[0]]: found[1] - 1 } };
    return;
  }
}
