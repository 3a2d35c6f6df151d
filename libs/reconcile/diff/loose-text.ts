import { plainText } from '#kernel';

/** The words of a text without mark-up, case and punctuation, one space apart: how texts are matched across listings. */
export function looseText(text: string): string {
  return plainText(text)
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

export function looseWords(text: string): readonly string[] {
  const loose = looseText(text);
  return loose === '' ? [] : loose.split(' ');
}

/** Sentences in loose form. Split on the plain form, since tags that could mark a boundary do not survive a channel. */
export function looseSentences(text: string): readonly string[] {
  return plainText(text)
    .split(/[.!?…]+(?=\s|$)/u)
    .map(looseText)
    .filter((sentence) => sentence !== '');
}

/** Every run of `size` neighbouring words; a shorter text is one run. */
export function wordRuns(words: readonly string[], size: number): readonly string[] {
  if (words.length === 0) return [];
  if (words.length <= size) return [words.join(' ')];
  return Array.from({ length: words.length - size + 1 }, (_, at) => words.slice(at, at + size).join(' '));
}
