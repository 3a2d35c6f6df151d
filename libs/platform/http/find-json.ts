import { parseExactJson } from './exact-json.js';

/** Messages before the document hold brackets of their own; a document that starts after so many is not looked for. */
const MOST_STARTS = 50;
/** A page for people may hold JSON of its own, which is no answer. */
const PAGE = /<!doctype|<html/i;

/** The JSON document that stands in a text with something before or after it (a site's PHP messages); undefined when there is none. */
export function findJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (PAGE.test(text)) return undefined;
  const starts = [...text.matchAll(/[[{]/g)].slice(0, MOST_STARTS);
  for (const { index, 0: open } of starts) {
    const end = text.lastIndexOf(open === '{' ? '}' : ']');
    if (end <= index) continue;
    try {
      return parseExactJson(Buffer.from(text.slice(index, end + 1)));
    } catch {
      // A bracket of the text around it.
    }
  }
  return undefined;
}
