import { plainText } from '../plain-text.js';
import { findParameter } from './categories.js';
import type { Card, FacetName, ParameterValue } from './model.js';

/** What a facet of a card means, free of everything the market may change without harm: equal texts mean the same. */
export function meaning(card: Card, facet: FacetName): string {
  switch (facet) {
    case 'category':
      return String(card.market.categoryId || card.categoryId);
    case 'title':
      return plainText(card.name);
    case 'description':
      return plainText(card.description);
    case 'media':
      return card.pictures.map(({ state, hash, source }) => (state === 'UPLOADED' ? hash : `${state} ${source}`)).join(',');
    case 'attributes':
      return JSON.stringify([plainText(card.vendor), plainText(card.vendorCode), parametersMeaning(card.parameters), sorted(card.more)]);
    case 'dimensions':
      return JSON.stringify(card.dimensions && [card.dimensions.length, card.dimensions.width, card.dimensions.height, card.dimensions.grams]);
    case 'presence':
      return card.removed ? 'absent' : card.archived ? 'archived' : 'listed';
    case 'status':
      return statusMeaning(card);
    case 'price':
      return priceMeaning(card);
    case 'stock':
      return JSON.stringify(
        Object.entries(card.stocks)
          .map(([warehouse, { fit, freeze }]) => [warehouse, fit - freeze])
          .filter(([, available]) => available !== 0)
          .sort(byName),
      );
    case 'barcodes':
      return [...card.barcodes].sort().join(',');
  }
}

function statusMeaning({ blocked, errors, hidden, absent, quarantine }: Card): string {
  if (blocked) return 'blocked';
  if (errors.length > 0) return 'refused';
  if (hidden.length > 0 || absent.length > 0) return `hidden ${hidden.join()} absent ${absent.join()}`;
  return quarantine ? 'quarantined' : 'ok';
}

function priceMeaning({ price, storePrices }: Card): string {
  const stores = Object.entries(storePrices)
    .map(([campaign, { value, base }]) => [campaign, value, base])
    .sort(byName);
  return JSON.stringify([price && [price.value, price.base, price.minimum], stores]);
}

function parametersMeaning(parameters: readonly ParameterValue[]): string[] {
  return parameters.map((one) => `${one.parameterId}=${valueMeaning(one)}`).sort();
}

function valueMeaning({ parameterId, valueId, value = '', unitId }: ParameterValue): string {
  const parameter = findParameter(parameterId);
  switch (parameter?.type) {
    case 'ENUM':
      return valueId === undefined ? plainText(value).toLowerCase() : `#${valueId}`;
    case 'BOOLEAN':
      return value.toLowerCase();
    case 'NUMERIC': {
      const factor = parameter.units.find((unit) => unit.id === (unitId ?? parameter.defaultUnit))?.factor ?? 1;
      return String(Number((Number(value) * factor).toPrecision(12)));
    }
    default:
      return plainText(value);
  }
}

const sorted = (more: Record<string, unknown>): unknown => Object.entries(more).sort(byName);

const byName = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);
