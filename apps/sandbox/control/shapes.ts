import type { MarketControl } from './market-control.js';

const text = { type: 'string' };
export const closed = (properties: Record<string, object>, required: string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
/** The lowest and the highest delay, in channel seconds. */
export const secondsShape = { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 2, maxItems: 2 };
const seed = { type: ['string', 'integer'] };
const offerIds = { type: 'array', items: text, maxItems: 1_000_000 };
const scale = { type: 'number', minimum: 0 };

export const clockShape = closed({ scale, jump_seconds: { type: 'number', minimum: 0 }, set: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T' } });

export interface ControlShapes {
  /** Everything anew, the clock too. */
  readonly reset: object;
  /** One market anew. */
  readonly resetMarket: object;
  readonly seed: object;
  readonly faults: object;
  readonly gremlins: object;
}

/** The JSON schemas of a market's control surface. */
export function controlShapes({ cabinetShape, faultKinds, gremlinKinds }: Pick<MarketControl, 'cabinetShape' | 'faultKinds' | 'gremlinKinds'>): ControlShapes {
  const rule = closed(
    {
      match: closed({ path: text, key: { enum: ['A', 'B'] }, offer_ids: offerIds }),
      kind: { enum: [...faultKinds] },
      probability: { type: 'number', minimum: 0, maximum: 1 },
      count: { type: 'integer', minimum: 1 },
      seconds: { type: 'number', minimum: 0 },
      field: text,
      value: { type: ['string', 'number', 'boolean', 'null'] },
    },
    ['match', 'kind'],
  );
  return {
    reset: closed({ seed, scale, cabinet: cabinetShape }),
    resetMarket: closed({ seed, cabinet: cabinetShape }),
    seed: closed({ seed, cards: { type: 'integer', minimum: 0, maximum: 1_000_000 }, cabinet: cabinetShape }),
    faults: closed({ rules: { type: 'array', maxItems: 1000, items: rule } }, ['rules']),
    gremlins: closed(
      {
        seed,
        kinds: { type: 'array', items: { enum: [...gremlinKinds] }, minItems: 1 },
        cards: { type: 'integer', minimum: 0, maximum: 100_000 },
        echo_cards: { type: 'integer', minimum: 0, maximum: 100_000 },
        offer_ids: offerIds,
        at_least_each: { type: 'integer', minimum: 0 },
      },
      ['seed', 'cards'],
    ),
  };
}
