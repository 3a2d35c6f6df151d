import type { Strike as AnyStrike } from '../../gremlins/breakable.js';
import type { Random } from '../../random.js';
import type { Card, FacetName } from '../model.js';
import type { Office } from '../office.js';

export type Strike = AnyStrike<FacetName>;

/** Changes the draft it is given, or answers undefined when this card offers it nothing to break. */
export type Gremlin = (office: Office, draft: Card, random: Random) => Strike | undefined;
