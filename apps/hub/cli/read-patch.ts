import { parseMoney } from '#kernel';
import { CliFault } from './cli-fault.js';

type Fields = Readonly<Record<string, unknown>>;

const PRICES: ReadonlySet<string> = new Set(['price', 'oldPrice', 'minPrice']);
const TEXTS: ReadonlySet<string> = new Set(['title', 'description', 'brand', 'category', 'country']);
const KEYED: ReadonlySet<string> = new Set(['attributes', 'stock', 'translations', 'externalIds', 'overrides']);
const OVERRIDE = /^overrides\.([^.]+)\.(.+)$/su;

/**
 * Reads edits as they are typed: `title=Кружка`, `price=1290,50`, `attributes.Цвет=синий`, `stock.main=5`, `brand=` (takes the value away); what is JSON is taken as JSON.
 * `overrides.ozon.title=Кружка` is told to that channel beside what it is told already: `overrides` as they stand.
 * @throws CliFault for a word that is no edit
 */
export function readPatch(words: readonly string[], currency: string, overrides: Fields = {}): Fields {
  let patch: Fields = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new CliFault('no-edit', { word });
    const [path, text] = [word.slice(0, at).trim(), word.slice(at + 1)];
    const [, channel, place] = OVERRIDE.exec(path) ?? [];
    if (channel === undefined || place === undefined) {
      patch = withValue(patch, path, text, currency);
      continue;
    }
    const told = fieldsIn(patch['overrides']);
    const own = withoutGaps(withValue(fieldsIn(Object.hasOwn(told, channel) ? told[channel] : overrides[channel]), place, text, currency));
    patch = { ...patch, overrides: { ...told, [channel]: Object.keys(own).length === 0 ? null : own } };
  }
  return patch;
}

function withValue(patch: Fields, path: string, text: string, currency: string): Fields {
  const dot = path.indexOf('.');
  const field = dot < 0 ? path : path.slice(0, dot);
  const inner = dot > 0 && KEYED.has(field);
  const read = text === '' ? null : TEXTS.has(path) ? text : PRICES.has(path) ? price(text, currency) : value(text, field);
  return { ...patch, [inner ? field : path]: inner ? { ...fieldsIn(patch[field]), [path.slice(dot + 1)]: read } : read };
}

/** What a channel is told is replaced whole: what is taken away is left out of it. */
function withoutGaps(told: Fields): Fields {
  const kept = Object.entries(told).flatMap(([name, one]): [string, unknown][] => {
    if (one === null) return [];
    if (name !== 'attributes' && name !== 'stock') return [[name, one]];
    const inner = Object.entries(fieldsIn(one)).filter(([, deep]) => deep !== null);
    return inner.length === 0 ? [] : [[name, Object.fromEntries(inner)]];
  });
  return Object.fromEntries(kept);
}

function fieldsIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
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
