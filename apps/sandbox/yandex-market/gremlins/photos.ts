import { lostPhotos, reorderedPhotos, replacedPhotos, tradedPhotos, type PhotoStrike } from '../../gremlins/photo-strikes.js';
import type { Random } from '../../random.js';
import type { Card, CardPicture } from '../model.js';
import type { Office } from '../office.js';
import type { Gremlin, Strike } from './gremlin.js';

export const photoLost: Gremlin = (_office, draft, random) => struck(draft, lostPhotos(draft.pictures, random));

export const photoReplaced: Gremlin = (office, draft, random) =>
  struck(
    draft,
    replacedPhotos(draft.pictures, draft.offerId, random, (hash) => ownAddress(office, hash)),
  );

export const photoReordered: Gremlin = (_office, draft, random) => struck(draft, reorderedPhotos(draft.pictures, random));

/** Two cards trade pictures: each is told by the address its seller had given it. */
export function tradePhotos(office: Office, a: Card, b: Card, random: Random): Strike | undefined {
  const traded = tradedPhotos(a.pictures, b.pictures, random, (other): CardPicture => ({ ...office.pictures.host(other.hash, other.source), state: 'UPLOADED' }));
  if (!traded) return undefined;
  a.pictures = traded.a;
  b.pictures = traded.b;
  return { facet: 'media', detail: traded.detail };
}

/** A picture of no seller's: where it comes from is the market's own address as well. */
function ownAddress({ pictures }: Office, hash: string): CardPicture {
  const hosted = pictures.host(hash, '');
  return { ...hosted, source: pictures.url(hosted), state: 'UPLOADED' };
}

function struck(draft: Card, strike: PhotoStrike<CardPicture> | undefined): Strike | undefined {
  if (!strike) return undefined;
  draft.pictures = strike.pictures;
  return { facet: 'media', detail: strike.detail };
}
