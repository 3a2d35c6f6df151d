import { attributeOf } from '../categories.js';
import { attributeText } from '../meaning.js';
import { ATTR_DESCRIPTION, ATTR_HASHTAGS, ATTR_MODEL, ATTR_RICH, ATTR_TITLE, type Content } from '../model.js';
import { garble } from '../../gremlins/garble.js';
import { foreignSentence, replaceWords } from '../../gremlins/words.js';
import type { Gremlin } from './strike.js';

/** Attributes whose text is somebody else's business: garbling them is seen by nobody. */
const NOT_GARBLED = new Set([ATTR_TITLE, ATTR_DESCRIPTION, ATTR_RICH, ATTR_HASHTAGS, ATTR_MODEL]);

export function setTitle(content: Content, title: string): void {
  content.name = title;
  setAttribute(content, ATTR_TITLE, title);
}

export function setAttribute(content: Content, id: number, value: string): void {
  const existing = content.attributes.find((a) => a.id === id);
  const values = [{ dictionary_value_id: 0, value }];
  if (existing) existing.values = values;
  else content.attributes.push({ id, complex_id: 0, values });
}

/** A title, a description or the text of one attribute turned to mush. */
export const gibberish: Gremlin = (_market, draft, random) => {
  const { live } = draft;
  const texts = live.attributes.filter(
    (a) => !NOT_GARBLED.has(a.id) && attributeOf(live.typeId, a.id)?.type === 'String' && (a.values[0]?.value.length ?? 0) >= 8 && !a.values[0]?.dictionary_value_id,
  );
  const targets = ['title', 'description', ...(texts.length > 0 ? ['attributes'] : [])] as const;
  const facet = random.pick(targets as readonly ('title' | 'description' | 'attributes')[]);
  if (facet === 'attributes') {
    const attribute = random.pick(texts);
    const garbled = garble(attribute.values[0]?.value ?? '', random);
    attribute.values = [{ dictionary_value_id: 0, value: garbled.text }];
    return { facet, detail: `attribute ${attribute.id}: ${garbled.way}, ${garbled.share} %` };
  }
  const before = facet === 'title' ? live.name : attributeText(live, ATTR_DESCRIPTION);
  if (before.length < 10) return undefined;
  const garbled = garble(before, random);
  if (facet === 'title') setTitle(live, garbled.text);
  else setAttribute(live, ATTR_DESCRIPTION, garbled.text);
  return { facet, detail: `${garbled.way}, ${garbled.share} %` };
};

/** A text that still reads well and says something else. */
export const textChanged: Gremlin = (_market, draft, random) => {
  const { live } = draft;
  const facet = random.next() < 0.6 ? 'description' : 'title';
  const before = facet === 'title' ? live.name : attributeText(live, ATTR_DESCRIPTION);
  if (!before.includes(' ')) return undefined;
  if (facet === 'description' && random.next() < 0.4) {
    setAttribute(live, ATTR_DESCRIPTION, `${before} ${foreignSentence(random)}`);
    return { facet, detail: 'a sentence added' };
  }
  const changed = replaceWords(before, facet === 'title' ? 2 : 6, random);
  if (!changed) return undefined;
  if (facet === 'title') setTitle(live, changed.text);
  else setAttribute(live, ATTR_DESCRIPTION, changed.text);
  return { facet, detail: `${changed.count} word(s) replaced` };
};
