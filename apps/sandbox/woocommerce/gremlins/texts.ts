import { garble } from '../../gremlins/garble.js';
import { foreignSentence, replaceWords } from '../../gremlins/words.js';
import type { Gremlin } from './gremlin.js';

/** A name or a description turned to mush. */
export const gibberish: Gremlin = (_office, draft, random) => {
  const facet = random.pick(['title', 'description'] as const);
  const member = facet === 'title' ? 'name' : 'description';
  const before = draft[member];
  if (before.length < 10) return undefined;
  const { text, way, share } = garble(before, random);
  draft[member] = text;
  return { facet, detail: `${way}, ${share} %` };
};

/** A text that still reads well and says something else. */
export const textChanged: Gremlin = (_office, draft, random) => {
  const facet = random.next() < 0.6 ? 'description' : 'title';
  const member = facet === 'title' ? 'name' : 'description';
  const before = draft[member];
  if (!before.includes(' ')) return undefined;
  if (facet === 'description' && random.next() < 0.4) {
    draft.description = `${before} ${foreignSentence(random)}`;
    return { facet, detail: 'a sentence added' };
  }
  const changed = replaceWords(before, facet === 'title' ? 2 : 6, random);
  if (!changed) return undefined;
  draft[member] = changed.text;
  return { facet, detail: `${changed.count} word(s) replaced` };
};
