import { spacedHtml, spacedTitle, withEntities, withoutTags } from '../echoes/text-echoes.js';
import type { Random } from '../random.js';
import { setAttribute, setTitle } from './gremlins/texts.js';
import type { Market } from './market.js';
import { attributeText } from './meaning.js';
import { ATTR_DESCRIPTION, type Card } from './model.js';

type OzonEcho = (market: Market, draft: Card, random: Random) => boolean;

function rehosted(market: Market, draft: Card, change: { quality?: number; half?: boolean }): boolean {
  if (draft.live.pictures.length === 0) return false;
  draft.live.pictures = draft.live.pictures.map((p) => market.pictures.host(p.hash, p.source, change.quality ?? p.quality, change.half ?? p.half));
  return true;
}

function rewritten(draft: Card, rewrite: (text: string) => string): boolean {
  const before = attributeText(draft.live, ATTR_DESCRIPTION);
  const after = rewrite(before);
  if (before === '' || after === before) return false;
  setAttribute(draft.live, ATTR_DESCRIPTION, after);
  return true;
}

export const ECHOES: Readonly<Record<string, OzonEcho>> = {
  'new-cdn-url': (market, draft) => rehosted(market, draft, {}),
  'jpeg-quality': (market, draft, random) => rehosted(market, draft, { quality: random.int(55, 95) }),
  resized: (market, draft) => rehosted(market, draft, { half: true }),
  'html-entities': (_market, draft, random) => rewritten(draft, (html) => withEntities(html, random)),
  'tags-lost': (_market, draft) => rewritten(draft, withoutTags),
  whitespace: (_market, draft, random) => {
    setTitle(draft.live, spacedTitle(draft.live.name, random));
    return rewritten(draft, (html) => spacedHtml(html, random));
  },
  'other-units': (_market, draft) => {
    const { live } = draft;
    const centimetres = live.dimensionUnit === 'mm' && [live.depth, live.width, live.height].every((x) => x % 10 === 0);
    const kilograms = live.weightUnit === 'g' && live.weight % 1000 === 0;
    if (centimetres) Object.assign(live, { depth: live.depth / 10, width: live.width / 10, height: live.height / 10, dimensionUnit: 'cm' });
    if (kilograms) Object.assign(live, { weight: live.weight / 1000, weightUnit: 'kg' });
    return centimetres || kilograms;
  },
  'dictionary-renamed': (_market, draft, random) => {
    const named = draft.live.attributes.flatMap((a) => a.values).filter((v) => v.dictionary_value_id !== 0);
    if (named.length === 0) return false;
    const value = random.pick(named);
    value.value = `${value.value} (новое название)`;
    return true;
  },
  'attribute-order': (_market, draft, random) => {
    const before = draft.live.attributes;
    draft.live.attributes = random.shuffle(before);
    return draft.live.attributes.some((a, i) => a !== before[i]);
  },
  'price-decimals': (_market, draft) => {
    draft.price.decimals = 4;
    return true;
  },
};
