import { garble } from '../../gremlins/garble.js';
import { foreignSentence, replaceWords } from '../../gremlins/words.js';
import type { Card } from '../model.js';
import type { Gremlin, Strike } from './gremlin.js';

/** The member of a card that holds a text. */
const MEMBER = { title: 'name', description: 'description' } as const;

/** A title or a description turned to mush. */
export const gibberish: Gremlin = (_office, draft, random) => {
  const facet = random.pick(['title', 'description'] as const);
  const before = draft[MEMBER[facet]];
  if (before.length < 10) return undefined;
  const { text, way, share } = garble(before, random);
  draft[MEMBER[facet]] = text;
  return { facet, detail: `${way}, ${share} %` };
};

/** A text that still reads well and says something else. */
export const textChanged: Gremlin = (_office, draft, random) => {
  const facet = random.next() < 0.6 ? 'description' : 'title';
  const before = draft[MEMBER[facet]];
  if (!before.includes(' ')) return undefined;
  if (facet === 'description' && random.next() < 0.4) {
    draft.description = `${before} ${foreignSentence(random)}`;
    return { facet, detail: 'a sentence added' };
  }
  const changed = replaceWords(before, facet === 'title' ? 2 : 6, random);
  if (!changed) return undefined;
  draft[MEMBER[facet]] = changed.text;
  return { facet, detail: `${changed.count} word(s) replaced` };
};

/** Two cards trade a text. */
export function tradeTexts(a: Card, b: Card, facet: keyof typeof MEMBER): Strike | undefined {
  const member = MEMBER[facet];
  if (a[member] === '' || b[member] === '') return undefined;
  [a[member], b[member]] = [b[member], a[member]];
  return { facet, detail: `${facet}s traded` };
}
