import type { Strike as AnyStrike } from '../../gremlins/breakable.js';
import type { Random } from '../../random.js';
import type { FacetName, Ware } from '../model.js';
import type { Office } from '../office.js';

export type Strike = AnyStrike<FacetName>;

/** Changes the draft it is given, or answers undefined when this ware offers it nothing to break. */
export type Gremlin = (office: Office, draft: Ware, random: Random) => Strike | undefined;
