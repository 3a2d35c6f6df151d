import { parametersOf, type Parameter } from './categories.js';
import { plainText } from '../plain-text.js';
import type { Card } from './model.js';

/** A part of the rating: how far it is done, 0 to 1, and how many points it is worth. */
interface Part {
  readonly type: 'PICTURE_COUNT' | 'TITLE_LENGTH' | 'DESCRIPTION_LENGTH' | 'MAIN' | 'ADDITIONAL' | 'DISTINCTIVE';
  readonly done: number;
  readonly points: number;
}

/** Only these tell how many percent of them are done. */
const WITH_PERCENT: ReadonlySet<Part['type']> = new Set(['PICTURE_COUNT', 'MAIN', 'ADDITIONAL', 'DISTINCTIVE']);
const PICTURES = 5;
const TITLE = 40;
const DESCRIPTION = 400;

function partsOf(card: Card): Part[] {
  const shown = card.pictures.filter(({ state }) => state === 'UPLOADED').length;
  const part = (type: Part['type'], done: number, points: number): Part => ({ type, done: Math.min(1, done), points });
  return [
    part('PICTURE_COUNT', shown / PICTURES, 20),
    part('TITLE_LENGTH', plainText(card.name).length / TITLE, 10),
    part('DESCRIPTION_LENGTH', plainText(card.description).length / DESCRIPTION, 20),
    part('MAIN', filled(card, 'MAIN'), 30),
    part('ADDITIONAL', filled(card, 'ADDITIONAL'), 15),
    part('DISTINCTIVE', filled(card, 'DISTINCTIVE'), 5),
  ];
}

function filled({ categoryId, parameters }: Card, recommendation: Parameter['recommendation']): number {
  const wanted = parametersOf(categoryId).filter((one) => one.recommendation === recommendation);
  const present = new Set(parameters.map((one) => one.parameterId));
  return wanted.length === 0 ? 1 : wanted.filter(({ id }) => present.has(id)).length / wanted.length;
}

/** How full a card is, 0 to 100. */
export function contentRating(card: Card): number {
  return Math.round(partsOf(card).reduce((sum, { done, points }) => sum + done * points, 0));
}

/** What would make it fuller. */
export function recommendations(card: Card): object[] {
  return partsOf(card)
    .filter(({ done }) => done < 1)
    .map(({ type, done, points }) => ({
      type,
      ...(WITH_PERCENT.has(type) ? { percent: Math.floor(done * 100) } : {}),
      remainingRatingPoints: Math.max(1, Math.round((1 - done) * points)),
    }));
}
