import type { AttributeValue } from '#catalog';
import type { SeededRandom } from '../seeded-random.js';
import { spoken } from './demo-attributes.js';
import { texts, typeSchema, type Goods } from './demo-data.js';

export interface ModelName {
  readonly brand?: string;
  readonly series: string;
}

const SPECS_IN_TEXT = 4;
const LONGEST = 1450;

export function demoTitle(goods: Goods, { brand, series }: ModelName, traits: readonly string[]): string {
  return `${[goods.noun, brand, series].filter(Boolean).join(' ')}, ${traits.slice(0, 2).join(', ')}`;
}

/** 300 to 1,500 characters, plain or as simple HTML; never says the colour, so that variants can share it. */
export function demoDescription(goods: Goods, name: ModelName, traits: readonly string[], attributes: Readonly<Record<string, AttributeValue>>, random: SeededRandom): string {
  const fill = (template: string, values: Readonly<Record<string, string>> = {}): string =>
    template.replace(/\{([a-z|]+)\}/g, (_, key: string) => values[key] ?? wordsOf(goods, name)[key] ?? '');
  const family = texts.families[typeSchema(goods.type).family] ?? [];
  const specs = Object.entries(attributes).flatMap(([key, value]) => spoken(key, value) ?? []);

  const opening = fill(random.pick(texts.openings));
  const praise = fill(random.pick(texts.traitLeads), { a: traits[0] ?? '', b: traits[1] ?? '' });
  const facts = fill(random.pick(texts.specLeads), { specs: random.sample(specs, SPECS_IN_TEXT).join('; ') });
  const body = random.sample(family, random.whole(3, 6));
  const closing = random.sample(texts.closings, random.whole(1, 3));

  const paragraphs = [[opening, praise], body, [facts], closing].map((sentences) => sentences.join(' '));
  const asHtml = random.chance(0.35);
  const text = asHtml ? `<p>${paragraphs[0]}</p><ul>${body.map((s) => `<li>${s}</li>`).join('')}</ul><p>${paragraphs[2]}</p><p>${paragraphs[3]}</p>` : paragraphs.join('\n\n');
  return text.length <= LONGEST ? text : paragraphs.slice(0, 3).join('\n\n');
}

function wordsOf(goods: Goods, { brand, series }: ModelName): Readonly<Record<string, string>> {
  const noun = goods.noun.charAt(0).toLowerCase() + goods.noun.slice(1);
  return { noun, 'noun|cap': goods.noun, series: `«${series}»`, name: [brand, `«${series}»`].filter(Boolean).join(' '), brand: brand ?? 'мастерской' };
}
