import type { Card, Picture, Size } from '../model.js';
import type { Office } from '../office.js';
import { characteristicOf, findSubject } from '../subjects.js';

/** A card of the list of cards. */
export function cardAnswer(office: Office, card: Card): object {
  return {
    nmID: card.nmID,
    imtID: card.imtID,
    nmUUID: card.nmUUID,
    subjectID: card.subjectID,
    subjectName: findSubject(card.subjectID)?.name ?? '',
    vendorCode: card.vendorCode,
    brand: card.brand,
    title: card.title,
    description: card.description,
    needKiz: card.needKiz,
    ...looks(office, card),
    tags: card.tags.flatMap((id) => office.tags.get(id) ?? []),
    createdAt: stamp(card.createdAt),
    updatedAt: stamp(card.updatedAt),
    ...card.more,
  };
}

/** A card of the list of the trash: it says less. */
export function trashedAnswer(office: Office, card: Card): object {
  return {
    nmID: card.nmID,
    vendorCode: card.vendorCode,
    subjectID: card.subjectID,
    subjectName: findSubject(card.subjectID)?.name ?? '',
    ...looks(office, card),
    createdAt: stamp(card.createdAt),
    trashedAt: stamp(card.trashedAt),
  };
}

/** Moments as RFC 3339. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString();
}

function looks(office: Office, card: Card): object {
  const { length, width, height, grams } = card.dimensions;
  const isValid = [length, width, height, grams].every((x) => x > 0) && Math.max(length, width, height) <= 500;
  return {
    kizMarked: card.kizMarked,
    ...(card.pictures.length > 0 ? { photos: card.pictures.map((picture) => photo(office, picture)) } : {}),
    ...(card.video ? { video: card.video } : {}),
    wholesale: card.wholesale,
    dimensions: { length, width, height, weightBrutto: grams / 1000, isValid },
    characteristics: card.characteristics.map(({ id, value }) => ({ id, name: characteristicOf(card.subjectID, id)?.name ?? '', value })),
    sizes: card.sizes.map(({ chrtID, techSize, wbSize, skus }: Size) => ({ chrtID, techSize, wbSize, skus })),
  };
}

const KINDS = ['big', 'c246x328', 'c516x688', 'square', 'tm'] as const;

function photo(office: Office, picture: Picture): object {
  const big = office.pictures.url(picture);
  return Object.fromEntries(KINDS.map((kind) => [kind, big.replace('/images/big/', `/images/${kind}/`)]));
}
