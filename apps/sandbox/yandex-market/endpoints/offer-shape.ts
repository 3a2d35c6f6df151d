import { DELETABLE } from '../offer-input.js';
import { flag, offerId, positive, shape, text, url, whole } from '../shapes.js';

const orNull = (items: object, maxItems?: number, unique = true): object => ({
  type: ['array', 'null'],
  items,
  minItems: 1,
  ...(maxItems === undefined ? {} : { maxItems }),
  ...(unique ? { uniqueItems: true } : {}),
});
const size = { type: 'number', minimum: 0 };
const period = shape({ timePeriod: whole, timeUnit: { enum: ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] }, comment: { type: 'string', maxLength: 500 } }, ['timePeriod', 'timeUnit']);

export const PRICE_SHAPE = shape({ value: positive, currencyId: text, discountBase: positive }, ['value', 'currencyId']);

export const PARAMETERS_SHAPE = (least: object): object => ({
  ...least,
  items: shape({ parameterId: { type: 'integer', minimum: 1 }, unitId: whole, valueId: whole, value: text }, ['parameterId']),
  minItems: 1,
  maxItems: 300,
});

/** An offer as a request may describe it; other members are passed over. */
export const OFFER_SHAPE = shape(
  {
    offerId,
    name: { type: 'string', maxLength: 256 },
    marketCategoryId: { type: 'integer', exclusiveMinimum: 0 },
    pictures: orNull(url, 30, false),
    videos: orNull(url, 6, false),
    manuals: orNull(shape({ url, title: { type: 'string', maxLength: 500 } }, ['url']), 6, false),
    vendor: text,
    barcodes: orNull(text),
    description: { type: 'string', maxLength: 6000 },
    manufacturerCountries: orNull(text),
    weightDimensions: shape({ length: size, width: size, height: size, weight: size }, ['length', 'width', 'height', 'weight']),
    vendorCode: text,
    tags: orNull(text, 50),
    shelfLife: period,
    lifeTime: period,
    guaranteePeriod: period,
    commodityCodes: orNull(shape({ code: text, type: { enum: ['CUSTOMS_COMMODITY_CODE', 'IKPU_CODE'] } }, ['code', 'type']), undefined, false),
    certificates: orNull(text, 6),
    boxCount: { type: 'integer', minimum: 1 },
    condition: { type: 'object' },
    type: { enum: ['DEFAULT', 'MEDICINE', 'BOOK', 'AUDIOBOOK', 'ARTIST_TITLE', 'ON_DEMAND', 'ALCOHOL'] },
    downloadable: flag,
    adult: flag,
    age: shape({ value: size, ageUnit: { enum: ['YEAR', 'MONTH'] } }, ['value', 'ageUnit']),
    parameterValues: PARAMETERS_SHAPE({ type: ['array', 'null'] }),
    basicPrice: PRICE_SHAPE,
    purchasePrice: PRICE_SHAPE,
    additionalExpenses: PRICE_SHAPE,
    deleteParameters: orNull({ enum: Object.keys(DELETABLE) }),
  },
  ['offerId'],
);
