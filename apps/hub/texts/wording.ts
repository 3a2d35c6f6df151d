import type { Wording } from '#catalog';
import { sayIn } from '../cli/cli-texts.js';
import { causeWords, fieldWords, valueWords } from '../cli/words.js';
import type { Language } from './language.js';

/** Fields, values and causes in files that people download, in the words that the command line has for them. */
export function wordingIn(language: Language): Wording {
  const say = sayIn(language);
  return {
    field: (path) => fieldWords(say, path),
    value: (path, value) => {
      if (value === null || value === undefined) return '';
      return typeof value === 'string' ? value : valueWords(say, path, value, Number.POSITIVE_INFINITY);
    },
    cause: (cause) => causeWords(say, cause),
  };
}
