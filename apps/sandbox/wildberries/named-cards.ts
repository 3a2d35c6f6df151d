import type { CardBook } from './cards.js';

const CARD_IDS = new Set(['nmID', 'nmId', 'nmIDs', 'nmIds', 'nmList', 'filterNmID']);
const SIZE_IDS = new Set(['chrtId', 'chrtIds', 'chrtID', 'sizeID']);

/** The articles that a body or a query speaks of, by whatever name. */
export function articlesIn(cards: CardBook, ...values: unknown[]): string[] {
  const found = new Set<string>();
  const note = (name: string, value: unknown): void => {
    if (name === 'vendorCode' && typeof value === 'string') found.add(value);
    const id = Number(value);
    const card = CARD_IDS.has(name) ? cards.byNmId(id) : SIZE_IDS.has(name) ? cards.byChrtId(id)?.card : undefined;
    if (card) found.add(card.vendorCode);
  };
  const walk = (name: string, value: unknown): void => {
    if (Array.isArray(value)) value.forEach((item) => walk(name, item));
    else if (typeof value === 'object' && value !== null) for (const [member, inner] of Object.entries(value)) walk(member, inner);
    else note(name, value);
  };
  values.forEach((value) => walk('', value));
  return [...found];
}
