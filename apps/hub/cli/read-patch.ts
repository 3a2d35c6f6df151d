import { parseMoney } from '#kernel';
import { CliFault } from './cli-fault.js';

const PRICES: ReadonlySet<string> = new Set(['price', 'oldPrice', 'minPrice']);
const TEXTS: ReadonlySet<string> = new Set(['title', 'description', 'brand', 'category', 'country']);
const KEYED: ReadonlySet<string> = new Set(['attributes', 'stock', 'translations', 'externalIds', 'overrides']);

/**
 * Reads edits as they are typed: `title=Кружка`, `price=1290,50`, `attributes.Цвет=синий`, `stock.main=5`, `brand=` (takes the value away); what is JSON is taken as JSON.
 * @throws CliFault for a word that is no edit
 */
export function readPatch(words: readonly string[], currency: string): Readonly<Record<string, unknown>> {
  const patch: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new CliFault('no-edit', { word });
    const [path, text] = [word.slice(0, at).trim(), word.slice(at + 1)];
    const dot = path.indexOf('.');
    const field = dot < 0 ? path : path.slice(0, dot);
    const inner = dot > 0 && KEYED.has(field);
    const read = text === '' ? null : TEXTS.has(path) ? text : PRICES.has(path) ? price(text, currency) : value(text, field);
    patch[inner ? field : path] = inner ? { ...(patch[field] as object | undefined), [path.slice(dot + 1)]: read } : read;
  }
  return patch;
}

/** A number is the text of an attribute: what it is declared as, the hub knows. */
function value(text: string, field: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    return field === 'attributes' && typeof read === 'number' ? text : read;
  } catch {
    return text;
  }
}

/** What is no price goes on as it stands: the hub says what is wrong with it. */
function price(text: string, currency: string): unknown {
  return parseMoney(text, currency) ?? value(text, 'price');
}
