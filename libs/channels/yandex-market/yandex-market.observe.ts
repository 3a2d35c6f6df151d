import { type Doc, line, numberText, paragraphs, readDoc, readDocOrEmpty, readFlag, readId, readKey, readList, readNumber, readText, readTexts, sendId } from '#kernel';
import type { AttributeValue, CardValues, Dimensions, FacetValues, ObservedCard, PriceValue } from '#channels/contract';
import { currencyOf, minorOf } from './yandex-market.money.js';
import { GROUP, VENDOR, attributesInOrder, normalise, unitKey } from './yandex-market.normalise.js';

/* Answers → observed cards. Values are built in the order of FACETS and already in their canonical form. */

/** One item of `offer-mappings`. */
export interface Mapping {
  readonly key: string;
  readonly offer: Doc;
  /** What Market decided: its own card and category, each perhaps absent. */
  readonly mapping: Doc;
}

export function mappingOf(value: unknown): Mapping {
  const doc = readDoc(value, 'offer mappings');
  const offer = readDoc(doc['offer'], 'offer mappings.offer');
  return { key: readKey(offer['offerId'], 'offer mappings.offerId'), offer, mapping: readDocOrEmpty(doc['mapping']) };
}

/** Market's category where it has decided, else the one it was asked for. */
export function categoryOf({ offer, mapping }: Mapping): string {
  return readId(mapping['marketCategoryId'], 'offer mappings.mapping.marketCategoryId') || readId(offer['marketCategoryId'], 'offer mappings.marketCategoryId');
}

export function identityOf({ key, mapping }: Mapping): Pick<ObservedCard, 'key' | 'externalId' | 'ids'> {
  const sku = readId(mapping['marketSku'], 'offer mappings.marketSku');
  // The article is the only name an offer has from its first moment; Market's own comes with the card.
  return { key, externalId: key, ids: sku === '' ? {} : { marketSku: sku } };
}

export function presenceOf({ offer }: Mapping): FacetValues['presence'] {
  return readFlag(offer['archived']) ? 'archived' : 'listed';
}

/** The values of a characteristic as cards have them, and the names of their units. */
export type UnitNames = (unit: string) => string;

/**
 * Everything a person reads, of an offer and of its card (`offer-cards`; undefined while there is none). Pictures only when all have
 * come: one on its way is neither the old nor the new one.
 */
export function contentValues(mapping: Mapping, card: Doc | undefined, unitName: UnitNames): CardValues {
  const { offer } = mapping;
  return {
    category: categoryOf(mapping),
    title: line(readText(offer['name'])),
    description: paragraphs(readText(offer['description'])),
    ...(uploadsOf(offer).running ? {} : { media: picturesOf(offer) }),
    attributes: attributesOf(offer, card, unitName),
    dimensions: dimensionsOf(readDocOrEmpty(offer['weightDimensions'])),
    barcodes: normalise('barcodes', readTexts(offer['barcodes'], 'offer mappings.barcodes')) as readonly string[],
    presence: presenceOf(mapping),
  };
}

/**
 * What buyers see: the files that Market made of the addresses it was given, under its own or the given addresses. One that could not
 * be fetched nobody sees. Until there are files, the addresses themselves.
 */
function picturesOf(offer: Doc): readonly string[] {
  const files = filesOf(offer);
  if (files.length === 0) return readTexts(offer['pictures'], 'offer mappings.pictures');
  return files
    .filter((file) => readText(file['uploadState']) !== 'FAILED')
    .map((file) => readText(file['url']))
    .filter((url) => url !== '');
}

function filesOf(offer: Doc): readonly Doc[] {
  return readList(readDocOrEmpty(offer['mediaFiles'])['pictures'], 'offer mappings.mediaFiles').map((file) => readDoc(file, 'offer mappings.mediaFiles'));
}

/** True while pictures are being fetched; `failed` counts those that could not be. */
export function uploadsOf(offer: Doc): { readonly running: boolean; readonly failed: number } {
  const states = filesOf(offer).map((file) => readText(file['uploadState']));
  return { running: states.includes('UPLOADING'), failed: states.filter((state) => state === 'FAILED').length };
}

/** One value of a characteristic, as requests and answers name it. */
export interface ParameterValue {
  readonly parameterId: number | string;
  readonly valueId?: number | string;
  readonly unitId?: number | string;
  readonly value?: string;
}

/** All characteristics of a card in Market's own words, the name of its group of variants among them. */
export function ownParameters(card: Doc): readonly ParameterValue[] {
  const own = parametersOf(card).map((value): ParameterValue => {
    const listed = readId(value['valueId'], 'offer cards.valueId');
    const unit = readId(value['unitId'], 'offer cards.unitId');
    const text = readText(value['value']);
    return {
      parameterId: sendId(readKey(value['parameterId'], 'offer cards.parameterId')),
      ...(listed === '' ? {} : { valueId: sendId(listed) }),
      ...(unit === '' ? {} : { unitId: sendId(unit) }),
      ...(text === '' ? {} : { value: text }),
    };
  });
  const group = readText(card['groupId']);
  return group === '' || own.some(({ parameterId }) => String(parameterId) === GROUP) ? own : [...own, { parameterId: sendId(GROUP), value: group }];
}

/** Ids of the units that a card's numbers are in. */
export function unitsOf(card: Doc): readonly string[] {
  return parametersOf(card).flatMap((value) => readId(value['unitId'], 'offer cards.unitId') || []);
}

function parametersOf(card: Doc | undefined): readonly Doc[] {
  return readList(card?.['parameterValues'], 'offer cards.parameterValues').map((value) => readDoc(value, 'offer cards.parameterValues'));
}

function attributesOf(offer: Doc, card: Doc | undefined, unitName: UnitNames): FacetValues['attributes'] {
  const found: Record<string, AttributeValue[]> = {};
  for (const value of parametersOf(card)) {
    const id = readKey(value['parameterId'], 'offer cards.parameterId');
    (found[id] ??= []).push(valueOf(value, unitName));
  }
  const group = readText(card?.['groupId']) || readText(offer['groupId']);
  if (group !== '') found[GROUP] ??= [{ text: group }];
  const vendor = readText(offer['vendor']);
  if (vendor !== '') found[VENDOR] = [{ text: vendor }];
  return attributesInOrder(found);
}

function valueOf(value: Doc, unitName: UnitNames): AttributeValue {
  const text = readText(value['value']);
  const unit = readId(value['unitId'], 'offer cards.unitId');
  if (unit !== '') return { id: unitKey(unit), text: `${numberOf(text)} ${unitName(unit)}`.trim() };
  const id = readId(value['valueId'], 'offer cards.valueId');
  return id === '' ? { text } : { id, text };
}

function numberOf(text: string): string {
  const number = Number(text.replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(number) ? numberText(number) : text;
}

function dimensionsOf(doc: Doc): Dimensions {
  const size = (name: string) => Math.round(readNumber(doc[name], `weightDimensions.${name}`) * 10);
  return { length: size('length'), width: size('width'), height: size('height'), weight: Math.round(readNumber(doc['weight'], 'weightDimensions.weight') * 1000) };
}

/** A price as Market holds it; undefined where there is none. */
export function priceOf(value: unknown, where: string): PriceValue | undefined {
  const doc = readDocOrEmpty(value);
  const currency = currencyOf(readText(doc['currencyId'])) || 'RUB';
  const price = minorOf(doc['value'], currency, `${where}.value`);
  if (price === 0) return undefined;
  const old = minorOf(doc['discountBase'], currency, `${where}.discountBase`);
  return { price, ...(old > 0 ? { old } : {}), currency };
}
