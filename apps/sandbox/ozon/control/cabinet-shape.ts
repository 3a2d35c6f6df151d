import { closed, secondsShape } from '../../control/shapes.js';

const text = { type: 'string' };

/** What a caller of the control surface may set of the cabinet. */
export const cabinetShape = closed({
  client_id: text,
  keys: closed({ A: text, B: text }),
  currency: text,
  total: { type: 'integer', minimum: -1 },
  daily_create: { type: 'integer', minimum: -1 },
  daily_update: { type: 'integer', minimum: -1 },
  per_minute: { type: 'integer', minimum: 1 },
  rps: { type: 'integer', minimum: 1 },
  limits: { enum: ['on', 'off'] },
  task_seconds: secondsShape,
  moderation_seconds: secondsShape,
  warehouses: { type: 'array', items: closed({ id: { type: 'integer' }, name: text, active: { type: 'boolean' } }, ['id', 'name', 'active']) },
  gzip: { type: 'boolean' },
});
