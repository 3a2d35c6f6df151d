import { FAULT_KINDS } from '../ozon/faults.js';
import { GREMLIN_KINDS } from '../gremlins/kinds.js';

const text = { type: 'string' };
const whole = { type: 'integer' };
const closed = (properties: Record<string, object>, required: string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const seconds = { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 2, maxItems: 2 };
const seed = { type: ['string', 'integer'] };
const offerIds = { type: 'array', items: text, maxItems: 1_000_000 };

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
  task_seconds: seconds,
  moderation_seconds: seconds,
  warehouses: { type: 'array', items: closed({ id: whole, name: text, active: { type: 'boolean' } }, ['id', 'name', 'active']) },
  gzip: { type: 'boolean' },
});

export const resetShape = closed({ seed, scale: { type: 'number', minimum: 0 }, cabinet: cabinetShape });
export const seedShape = closed({ seed, cards: { type: 'integer', minimum: 0, maximum: 1_000_000 }, cabinet: cabinetShape });
export const clockShape = closed({
  scale: { type: 'number', minimum: 0 },
  jump_seconds: { type: 'number', minimum: 0 },
  set: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T' },
});
export const faultsShape = closed(
  {
    rules: {
      type: 'array',
      maxItems: 1000,
      items: closed(
        {
          match: closed({ path: text, key: { enum: ['A', 'B'] }, offer_ids: offerIds }),
          kind: { enum: [...FAULT_KINDS] },
          probability: { type: 'number', minimum: 0, maximum: 1 },
          count: { type: 'integer', minimum: 1 },
          seconds: { type: 'number', minimum: 0 },
        },
        ['match', 'kind'],
      ),
    },
  },
  ['rules'],
);
export const gremlinsShape = closed(
  {
    seed,
    kinds: { type: 'array', items: { enum: [...GREMLIN_KINDS] }, minItems: 1 },
    cards: { type: 'integer', minimum: 0, maximum: 100_000 },
    echo_cards: { type: 'integer', minimum: 0, maximum: 100_000 },
    offer_ids: offerIds,
    at_least_each: { type: 'integer', minimum: 0 },
  },
  ['seed', 'cards'],
);
