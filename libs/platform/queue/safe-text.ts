const LONGEST_ERROR = 500;

/** Text that every backend can store: no NUL, no half of a surrogate pair. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

/** The words of an error as a queue may keep them: cut to 500 characters. */
export function storableError(text: string): string {
  return storableText(storableText(text).slice(0, LONGEST_ERROR));
}
