import { closed, secondsShape } from '../../control/shapes.js';
import { SCOPES } from '../auth.js';

const text = { type: 'string' };
const key = { type: 'string', pattern: '^ACMA:\\w{40}:\\w{8}$' };
const scopes = { type: 'array', items: { enum: [...SCOPES] }, uniqueItems: true };
const flag = { type: 'boolean' };
const AVAILABILITY = ['AVAILABLE', 'DISABLED_BY_INACTIVITY', 'DISABLED_BY_NO_ACTIVE_CONTRACT', 'MANUALLY_DISABLED', 'DISABLED_BY_NO_PLACEMENT_TYPE'];
/** The market works half an hour on an answer at most. */
const seconds = { ...secondsShape, items: { type: 'integer', minimum: 0, maximum: 1800 } };

/** What a caller of the control surface may set of the cabinet. */
export const cabinetShape = closed({
  name: text,
  keys: closed({ A: key, B: key }),
  scopes: closed({ A: scopes, B: scopes }),
  campaigns: { type: 'array', items: closed({ id: { type: 'integer' }, apiAvailability: { enum: AVAILABILITY } }, ['id', 'apiAvailability']) },
  limits: { enum: ['on', 'off'] },
  subscription: { enum: ['NONE', 'LIGHT', 'MEDIUM'] },
  only_default_price: flag,
  warehouse_groups: flag,
  migrating: flag,
  quarantine_percent: { type: 'integer', minimum: 1, maximum: 99 },
  catalog_seconds: seconds,
  card_seconds: seconds,
  media_seconds: seconds,
  price_seconds: seconds,
  stock_seconds: seconds,
  visibility_seconds: seconds,
});
