import type { Market } from '../market.js';
import type { Card, Picture } from '../model.js';
import { drawnPicture } from '../../pictures/drawn-picture.js';
import type { Random } from '../../random.js';
import type { Gremlin } from './strike.js';

/** The picture that now stands in a slot: it answers to the slot's old address, so sending that address changes nothing. */
export function inSlot(market: Market, slot: Picture | undefined, hash: string): Picture {
  return market.pictures.host(hash, slot?.source ?? '');
}

/** Puts other pictures in a card's slots; addresses of slots that vanish count as known for ever. */
export function refill(market: Market, card: Card, hashes: readonly string[]): void {
  const old = card.live.pictures;
  card.live.pictures = hashes.map((hash, i) => (old[i]?.hash === hash ? (old[i] as Picture) : inSlot(market, old[i], hash)));
  card.lostUrls.push(
    ...old
      .slice(hashes.length)
      .map((p) => p.source)
      .filter((s) => s !== ''),
  );
}

export const photoLost: Gremlin = (_market, draft, random) => {
  const { pictures } = draft.live;
  if (pictures.length === 0) return undefined;
  const all = pictures.length === 1 || random.next() < 0.3;
  const lost = new Set(all ? pictures.map((_, i) => i) : random.shuffle(pictures.map((_, i) => i)).slice(0, random.int(1, pictures.length - 1)));
  draft.lostUrls.push(
    ...pictures
      .filter((_, i) => lost.has(i))
      .map((p) => p.source)
      .filter((s) => s !== ''),
  );
  draft.live.pictures = pictures.filter((_, i) => !lost.has(i));
  return { facet: 'media', detail: `${lost.size} of ${pictures.length} pictures lost` };
};

export const photoReplaced: Gremlin = (market, draft, random) => {
  const { pictures } = draft.live;
  if (pictures.length === 0) return undefined;
  const all = random.next() < 0.3;
  const only = random.int(0, pictures.length - 1);
  const salt = random.int(0, 1e9);
  draft.live.pictures = pictures.map((p, i) => (all || i === only ? inSlot(market, p, drawnPicture(draft.offerId, salt, i)) : p));
  return { facet: 'media', detail: all ? 'every picture replaced by one from nowhere' : `picture ${only + 1} replaced by one from nowhere` };
};

export const photoReordered: Gremlin = (_market, draft, random) => {
  const { pictures } = draft.live;
  if (new Set(pictures.map((p) => p.hash)).size < 2) return undefined;
  draft.live.pictures = otherOrder(pictures, random);
  return { facet: 'media', detail: 'pictures in another order' };
};

function otherOrder(pictures: readonly Picture[], random: Random): Picture[] {
  const shuffled = random.shuffle(pictures);
  const same = shuffled.every((p, i) => p.hash === pictures[i]?.hash);
  return same ? [...pictures.slice(1), ...pictures.slice(0, 1)] : shuffled;
}
