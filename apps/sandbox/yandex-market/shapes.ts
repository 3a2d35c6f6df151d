/** JSON schemas of bodies, in the bounds of the specification. */
export const shape = (properties: Record<string, object>, required: string[] = []): object => ({ type: 'object', properties, required });
export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const flag = { type: 'boolean' } as const;
export const offerId = { type: 'string', pattern: '^(?=.*\\S.*)[^\\x00-\\x08\\x0A-\\x1f\\x7f]{1,255}$', minLength: 1, maxLength: 255 } as const;
export const url = { type: 'string', minLength: 1, maxLength: 2000 } as const;

export const listOf = (items: object, maxItems?: number): object => ({ type: 'array', items, minItems: 1, ...(maxItems === undefined ? {} : { maxItems }) });
/** A list without repetitions that may be null as well. */
export const filterOf = (items: object, maxItems?: number): object => ({ ...listOf(items, maxItems), type: ['array', 'null'], uniqueItems: true });
export const offerIds = (maxItems: number): object => ({ ...listOf(offerId, maxItems), uniqueItems: true });
export const positive = { type: 'number', exclusiveMinimum: 0 } as const;

export const CARD_STATUSES = [
  'HAS_CARD_CAN_NOT_UPDATE',
  'HAS_CARD_CAN_UPDATE',
  'HAS_CARD_CAN_UPDATE_ERRORS',
  'HAS_CARD_CAN_UPDATE_PROCESSING',
  'NO_CARD_NEED_CONTENT',
  'NO_CARD_MARKET_WILL_CREATE',
  'NO_CARD_ERRORS',
  'NO_CARD_PROCESSING',
  'NO_CARD_ADD_TO_CAMPAIGN',
] as const;
export type CardStatus = (typeof CARD_STATUSES)[number];

export const CAMPAIGN_STATUSES = [
  'PUBLISHED',
  'CHECKING',
  'DISABLED_BY_PARTNER',
  'DISABLED_AUTOMATICALLY',
  'REJECTED_BY_MARKET',
  'CREATING_CARD',
  'NO_CARD',
  'NO_STOCKS',
  'ARCHIVED',
  'READY_FOR_PUBLICATION',
] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];
