import type { Market } from '../ozon/market.js';
import type { Card, FacetName } from '../ozon/model.js';
import type { Random } from '../random.js';

/** What a gremlin did to a draft of a card. */
export interface Strike {
  facet: FacetName;
  detail: string;
}

/** Changes the draft it is given, or answers undefined when this card offers it nothing to break. */
export type Gremlin = (market: Market, draft: Card, random: Random) => Strike | undefined;
