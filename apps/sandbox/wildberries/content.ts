import { isEmpty } from './content-checks.js';
import type { CardBook } from './cards.js';
import type { Characteristic, Content, Size } from './model.js';
import { characteristicOf, findSubject } from './subjects.js';
import type { ContentInput, SizeInput } from './work.js';

/** What a body says of a card. Whatever it leaves out is empty: a write replaces the whole card. */
export function contentOf(subjectID: number, input: ContentInput): Content {
  const { length = 0, width = 0, height = 0, weightBrutto = 0 } = input.dimensions ?? {};
  return {
    brand: input.brand ?? '',
    title: input.title ?? '',
    description: input.description ?? '',
    kizMarked: input.kizMarked ?? false,
    dimensions: { length, width, height, grams: Math.round(weightBrutto * 1000) },
    characteristics: (input.characteristics ?? []).filter(({ value }) => !isEmpty(value)).map((one) => characteristic(subjectID, one)),
    more: moreOf(input),
  };
}

function characteristic(subjectID: number, { id, value }: { id: number; value: unknown }): Characteristic {
  const values = [value].flat();
  if (characteristicOf(subjectID, id)?.type === 4) return { id, value: Number(values[0]) };
  return { id, value: values.map(String) };
}

function moreOf({ documents, gtin }: ContentInput): Record<string, unknown> {
  return { ...(documents && !documents.excludeDocuments ? { documents } : {}), ...(gtin === undefined ? {} : { gtin }) };
}

/** Sizes of a new card, with what the market fills in by itself. */
export function newSizes(cards: CardBook, subjectID: number, inputs: readonly SizeInput[] | undefined): Size[] {
  const unnamed = findSubject(subjectID)?.sized ? { techSize: 'A', wbSize: '1' } : {};
  const given = inputs && inputs.length > 0 ? inputs : [{}];
  return given.map((input) => newSize(cards, input.techSize ? input : { ...input, ...unnamed }));
}

export function newSize(cards: CardBook, { techSize = '0', wbSize = '', price = 0, skus = [] }: SizeInput): Size {
  return { chrtID: cards.next('chrtID'), techSize: techSize || '0', wbSize, price, skus: skus.length > 0 ? skus : [cards.newBarcode()] };
}

/** Sizes after an update: the same ones with more barcodes, and new ones. Neither a size nor a barcode ever goes away. */
export function mergedSizes(cards: CardBook, live: readonly Size[], inputs: readonly SizeInput[]): Size[] {
  const kept = live.map((size) => {
    const input = inputs.find((one) => one.chrtID === size.chrtID);
    return input ? { ...size, wbSize: input.wbSize ?? size.wbSize, skus: [...new Set([...size.skus, ...(input.skus ?? [])])] } : size;
  });
  return [...kept, ...inputs.filter((one) => one.chrtID === undefined).map((one) => newSize(cards, one))];
}
