const LIMIT = 30;
const LENGTH = 30;

/**
 * Hashtags as one text: "#чайник #для_дома". Words are told apart by blanks, commas or '#'; only letters, digits and
 * underscores stay. `dropped` holds what could not be made a tag or was too many.
 */
export function hashtags(value: string | readonly string[]): { readonly text: string; readonly dropped: readonly string[] } {
  const words = typeof value === 'string' ? value.split(/[\s,;#]+/) : value.map((word) => word.replace(/^\s*#/, '').trim().replace(/\s+/g, '_'));
  const tags: string[] = [];
  const dropped: string[] = [];
  for (const word of words) {
    if (word === '') continue;
    const tag = `#${word.normalize('NFC').replace(/-/g, '_')}`;
    const fits = /^#[\p{L}\d_]+$/u.test(tag) && tag.length <= LENGTH && tags.length < LIMIT;
    if (!fits) dropped.push(word);
    else if (!tags.includes(tag)) tags.push(tag);
  }
  return { text: tags.join(' '), dropped };
}
