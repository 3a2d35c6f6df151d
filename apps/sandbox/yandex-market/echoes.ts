import { spacedHtml, spacedTitle, withEntities, withoutTags } from '../echoes/text-echoes.js';
import type { Random } from '../random.js';
import { findParameter } from './categories.js';
import type { Card, CardPicture, ParameterValue } from './model.js';
import type { Office } from './office.js';

type YandexMarketEcho = (office: Office, draft: Card, random: Random) => boolean;

function rehosted({ pictures }: Office, draft: Card, change: { quality?: number; half?: boolean }): boolean {
  if (!draft.pictures.some(({ state }) => state === 'UPLOADED')) return false;
  draft.pictures = draft.pictures.map((one): CardPicture =>
    one.state === 'UPLOADED' ? { ...pictures.host(one.hash, one.source, change.quality ?? one.quality, change.half ?? one.half), state: 'UPLOADED' } : one,
  );
  return true;
}

function rewritten(draft: Card, rewrite: (text: string) => string): boolean {
  const after = rewrite(draft.description);
  if (after === draft.description) return false;
  draft.description = after;
  return true;
}

/** The same number in another unit of its characteristic, where that leaves a short decimal. */
function inOtherUnit(one: ParameterValue): ParameterValue | undefined {
  const parameter = findParameter(one.parameterId);
  const unit = parameter?.units.find(({ id }) => id === (one.unitId ?? parameter.defaultUnit));
  for (const other of parameter?.units ?? []) {
    const value = String(Number(((Number(one.value) * (unit?.factor ?? 1)) / other.factor).toPrecision(12)));
    if (other.id !== unit?.id && /^\d+(\.\d{1,4})?$/.test(value)) return { ...one, value, unitId: other.id };
  }
  return undefined;
}

/** How the market shows an offer in another way without changing what it says. */
export const ECHOES: Readonly<Record<string, YandexMarketEcho>> = {
  'new-cdn-url': (office, draft) => rehosted(office, draft, {}),
  'jpeg-quality': (office, draft, random) => rehosted(office, draft, { quality: random.int(55, 95) }),
  resized: (office, draft) => rehosted(office, draft, { half: true }),
  'html-entities': (_office, draft, random) => rewritten(draft, (html) => withEntities(html, random)),
  'tags-lost': (_office, draft) => rewritten(draft, withoutTags),
  whitespace: (_office, draft, random) => {
    draft.name = spacedTitle(draft.name, random);
    return rewritten(draft, (html) => spacedHtml(html, random));
  },
  'attribute-order': (_office, draft, random) => {
    const before = draft.parameters;
    draft.parameters = random.shuffle(before);
    return draft.parameters.some((one, at) => one !== before[at]);
  },
  'other-units': (_office, draft) => {
    const before = draft.parameters;
    draft.parameters = before.map((one) => inOtherUnit(one) ?? one);
    return draft.parameters.some((one, at) => one !== before[at]);
  },
  /** The dictionary spells a value otherwise; its id stays. */
  'value-renamed': (_office, draft) => {
    const listed = draft.parameters.filter((one) => one.valueId !== undefined && one.value !== undefined);
    for (const one of listed) one.value = one.value?.toUpperCase();
    return listed.length > 0;
  },
  'barcode-order': (_office, draft) => {
    if (draft.barcodes.length < 2) return false;
    draft.barcodes = [...draft.barcodes].reverse();
    return true;
  },
};
