import { closed, secondsShape } from '../../control/shapes.js';

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
/** The market works half an hour on an answer at most. */
const seconds = { ...secondsShape, items: { type: 'integer', minimum: 0, maximum: 1800 } };

/** What a caller of the control surface may set of the cabinet. Keys are JWTs that tell their own type, scopes and end. */
export const cabinetShape = closed({
  name: text,
  keys: closed({ A: text, B: text }),
  currency: text,
  limits: { enum: ['on', 'off'] },
  free_limits: whole,
  paid_limits: whole,
  create_seconds: seconds,
  card_seconds: seconds,
  media_seconds: seconds,
  price_seconds: seconds,
  least_picture: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 2, maxItems: 2 },
  banned: { type: 'boolean' },
  currency_switching: { type: 'boolean' },
  warehouses: { type: 'array', items: closed({ id: { type: 'integer' }, name: text }, ['id', 'name']) },
});
