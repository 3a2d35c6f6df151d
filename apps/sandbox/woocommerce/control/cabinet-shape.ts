import { closed } from '../../control/shapes.js';
import { PERMISSIONS, RELEASES } from '../cabinet.js';

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const flag = { type: 'boolean' };
const span = (maximum: number): object => ({ type: 'array', items: { type: 'integer', minimum: 0, maximum }, minItems: 2, maxItems: 2 });
const key = closed({ consumer_key: text, consumer_secret: text, permissions: { enum: [...PERMISSIONS] } });

/** What a caller of the control surface may set of the shop. */
export const cabinetShape = closed({
  name: text,
  release: { enum: Object.keys(RELEASES).map(Number) },
  keys: closed({ A: key, B: key }),
  tls: flag,
  currency: text,
  decimal_separator: { enum: ['.', ','] },
  weight_unit: { enum: ['kg', 'g', 'lbs', 'oz'] },
  dimension_unit: { enum: ['m', 'cm', 'mm', 'in', 'yd'] },
  utc_offset_minutes: { type: 'integer', minimum: -720, maximum: 840 },
  private_media: flag,
  manage_stock: flag,
  batch_limit: { type: 'integer', minimum: 1, maximum: 1000 },
  limits: { enum: ['on', 'off'] },
  request_ms: span(60_000),
  item_ms: span(10_000),
  workers: { type: 'integer', minimum: 1, maximum: 100 },
  queue: { type: 'integer', minimum: 0, maximum: 1000 },
  requests_per_minute: whole,
  cron: { enum: ['on', 'off'] },
  cron_seconds: span(86_400),
});
