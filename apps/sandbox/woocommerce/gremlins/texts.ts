import { garble } from '../../gremlins/garble.js';
import { foreignSentence, replaceWords } from '../../gremlins/words.js';
import { isProduct, type Ware } from '../model.js';
import type { Gremlin } from './gremlin.js';

type Text = 'title' | 'description';

/** The name of a variation is its product's. */
function textOf(draft: Ware, facet: Text): string {
  return facet === 'description' ? draft.description : isProduct(draft) ? draft.name : '';
}

function say(draft: Ware, facet: Text, text: string): void {
  if (facet === 'description') draft.description = text;
  else if (isProduct(draft)) draft.name = text;
}

/** A name or a description turned to mush. */
export const gibberish: Gremlin = (_office, draft, random) => {
  const facet = random.pick(['title', 'description'] as const);
  const before = textOf(draft, facet);
  if (before.length < 10) return undefined;
  const { text, way, share } = garble(before, random);
  say(draft, facet, text);
  return { facet, detail: `${way}, ${share} %` };
};

/** A text that still reads well and says something else. */
export const textChanged: Gremlin = (_office, draft, random) => {
  const facet = random.next() < 0.6 ? 'description' : 'title';
  const before = textOf(draft, facet);
  if (!before.includes(' ')) return undefined;
  if (facet === 'description' && random.next() < 0.4) {
    say(draft, facet, `${before} ${foreignSentence(random)}`);
    return { facet, detail: 'a sentence added' };
  }
  const changed = replaceWords(before, facet === 'title' ? 2 : 6, random);
  if (!changed) return undefined;
  say(draft, facet, changed.text);
  return { facet, detail: `${changed.count} word(s) replaced` };
};
