import type { AttributeValue } from '#catalog';
import type { SeededRandom } from '../seeded-random.js';
import { schemas, texts, typeSchema, type AttributeRule, type Goods } from './demo-data.js';

/** Attributes that the document says in fields of its own. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'Бренд',
  'Название модели (для объединения в одну карточку)',
  'Название',
  'Аннотация',
  'Rich-контент JSON',
  'Страна-изготовитель',
]);

/** Facts that read badly in a sentence. */
const SILENT: ReadonlySet<string> = new Set(['Пол', 'Комплектация']);

export const COLOUR = 'Цвет товара';
const COLOUR_NAME = 'Название цвета';
const ARTICLE = 'Артикул';
/** Optional attributes are left out now and then, as in a real catalog, but never below this count. */
const FEWEST = 9;
const LEFT_OUT = 0.1;

/** Whether goods of this kind come in colours. */
export function hasColour(goods: Goods): boolean {
  return typeSchema(goods.type).attributes.some((a) => a.name === COLOUR);
}

/** What all variants of a model have in common. */
export function modelAttributes(goods: Goods, random: SeededRandom): Record<string, AttributeValue> {
  const { family, attributes } = typeSchema(goods.type);
  const all: { name: string; value: AttributeValue; required: boolean }[] = [];
  for (const { name, required, rule } of attributes) {
    if (OWN_FIELDS.has(name) || name === COLOUR || name === COLOUR_NAME || name === ARTICLE) continue;
    const value = name === '#Хештеги' ? goods.tags.map((tag) => `#${tag}`).join(' ') : valueOf(name, rule, goods, family, random);
    if (value !== undefined) all.push({ name, value, required });
  }
  let count = all.length;
  const kept = all.filter(({ required }) => required || !random.chance(LEFT_OUT) || count-- <= FEWEST);
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
}

/** What one variant adds. */
export function variantAttributes(goods: Goods, sku: string, colour: string | undefined, random: SeededRandom): Record<string, AttributeValue> {
  const names = new Set(typeSchema(goods.type).attributes.map((a) => a.name));
  const out: Record<string, AttributeValue> = {};
  if (names.has(ARTICLE)) out[ARTICLE] = sku;
  if (colour !== undefined) {
    out[COLOUR] = [colour];
    if (names.has(COLOUR_NAME)) out[COLOUR_NAME] = random.pick(texts.colours[colour] ?? [colour]);
  }
  return out;
}

function valueOf(name: string, rule: AttributeRule, goods: Goods, family: string, random: SeededRandom): AttributeValue | undefined {
  if (name === 'ISBN') return `978-5-${random.whole(100000, 999999)}-${random.whole(10, 99)}-${random.whole(0, 9)}`;
  if (rule.dictionary) {
    const values = goods.options?.[name] ?? texts.options[family]?.[name] ?? schemas.dictionaries[rule.dictionary] ?? [];
    if (rule.max === undefined) return random.pick(values);
    return random.sample(values, Math.min(rule.max, random.pick([1, 1, 1, 2, 2, 3])));
  }
  if (rule.type === 'Boolean') return random.chance(0.5);
  if (rule.type === 'String') {
    const options = goods.texts?.[name] ?? texts.free[name];
    return options && random.pick(options);
  }
  const range = goods.ranges?.[name] ?? rule.range;
  if (!range) return undefined;
  const [low, high, step] = range;
  const value = Number((low + step * random.whole(0, Math.floor((high - low) / step + 1e-9))).toFixed(2));
  const unit = unitOf(name);
  return unit ? { value, unit } : { value };
}

/** "Мощность, Вт" → "Вт". */
function unitOf(name: string): string | undefined {
  return /, ([^,]{1,20})$/.exec(name)?.[1];
}

/** "Мощность, Вт" with 2200 → "мощность — 2200 Вт"; undefined for attributes that make no good sentence. */
export function spoken(name: string, value: AttributeValue): string | undefined {
  const unit = unitOf(name);
  const label = unit ? name.slice(0, -unit.length - 2) : name;
  const lower = label.charAt(0).toLowerCase() + label.slice(1);
  if (typeof value === 'object' && 'value' in value) return `${lower} — ${String(value.value).replace('.', ',')}${value.unit ? ` ${value.unit}` : ''}`;
  if (Array.isArray(value) && !SILENT.has(name)) return `${lower} — ${value.join(', ').toLowerCase()}`;
  return undefined;
}
