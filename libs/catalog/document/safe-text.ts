/// <reference lib="es2024.string" />
import sanitizeHtml from 'sanitize-html';
import { SAFE_TAGS } from '#kernel';

/** NUL and the other control characters; tab and line ends are fine. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

const MARKUP = /<[a-z/!?]|&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);/i;

/** Control characters and halves of surrogate pairs: no database or channel takes them. */
export function hasUnsafeCharacters(text: string): boolean {
  return !text.isWellFormed() || CONTROL.test(text);
}

/** Leaves plain text as it is; of mark-up only paragraphs, lists, headings and emphasis survive, without attributes. */
export function safeDescription(text: string): string {
  if (!MARKUP.test(text)) return text;
  return sanitizeHtml(text, {
    allowedTags: [...SAFE_TAGS],
    allowedAttributes: {},
    disallowedTagsMode: 'discard',
  });
}
