import type { Market } from '../market.js';
import { attributeText } from '../meaning.js';
import { ATTR_DESCRIPTION, type Card, type Picture } from '../model.js';
import type { Random } from '../../random.js';
import { inSlot, refill } from './photos.js';
import type { Strike } from './strike.js';
import { setAttribute, setTitle } from './texts.js';

/** Two cards trade photos (all or one), descriptions or titles. Changes both drafts, or nothing. */
export function swap(market: Market, a: Card, b: Card, random: Random): Strike | undefined {
  switch (random.pick(['all-photos', 'one-photo', 'description', 'title'] as const)) {
    case 'all-photos': {
      if (a.live.pictures.length === 0 || b.live.pictures.length === 0) return undefined;
      const ofA = a.live.pictures.map((p) => p.hash);
      refill(
        market,
        a,
        b.live.pictures.map((p) => p.hash),
      );
      refill(market, b, ofA);
      return { facet: 'media', detail: 'all photos traded' };
    }
    case 'one-photo': {
      const i = random.int(0, a.live.pictures.length - 1);
      const j = random.int(0, b.live.pictures.length - 1);
      const fromA = a.live.pictures[i];
      const fromB = b.live.pictures[j];
      if (!fromA || !fromB) return undefined;
      a.live.pictures = a.live.pictures.map((p, n): Picture => (n === i ? inSlot(market, p, fromB.hash) : p));
      b.live.pictures = b.live.pictures.map((p, n): Picture => (n === j ? inSlot(market, p, fromA.hash) : p));
      return { facet: 'media', detail: `photo ${i + 1} traded for photo ${j + 1}` };
    }
    case 'description': {
      const ofA = attributeText(a.live, ATTR_DESCRIPTION);
      const ofB = attributeText(b.live, ATTR_DESCRIPTION);
      if (ofA === '' || ofB === '') return undefined;
      setAttribute(a.live, ATTR_DESCRIPTION, ofB);
      setAttribute(b.live, ATTR_DESCRIPTION, ofA);
      return { facet: 'description', detail: 'descriptions traded' };
    }
    case 'title': {
      const ofA = a.live.name;
      setTitle(a.live, b.live.name);
      setTitle(b.live, ofA);
      return { facet: 'title', detail: 'titles traded' };
    }
  }
}
