import { spacedTitle, spacedHtml, withEntities } from '../echoes/text-echoes.js';
import type { Random } from '../random.js';
import type { Card } from './model.js';
import type { Office } from './office.js';

type WildberriesEcho = (office: Office, draft: Card, random: Random) => boolean;

function rehosted(office: Office, draft: Card, change: { quality?: number; half?: boolean }): boolean {
  if (draft.pictures.length === 0) return false;
  draft.pictures = draft.pictures.map((p) => office.pictures.host(p.hash, p.source, change.quality ?? p.quality, change.half ?? p.half));
  return true;
}

/** How the market shows a card in another way without changing what it says. */
export const ECHOES: Readonly<Record<string, WildberriesEcho>> = {
  'new-cdn-url': (office, draft) => rehosted(office, draft, {}),
  'jpeg-quality': (office, draft, random) => rehosted(office, draft, { quality: random.int(55, 95) }),
  resized: (office, draft) => rehosted(office, draft, { half: true }),
  'html-entities': (_office, draft, random) => {
    const after = withEntities(draft.description, random);
    if (after === draft.description) return false;
    draft.description = after;
    return true;
  },
  whitespace: (_office, draft, random) => {
    draft.title = spacedTitle(draft.title, random);
    draft.description = spacedHtml(draft.description, random);
    return true;
  },
  'attribute-order': (_office, draft, random) => {
    const before = draft.characteristics;
    draft.characteristics = random.shuffle(before);
    return draft.characteristics.some((one, at) => one !== before[at]);
  },
  'value-order': (_office, draft, random) => {
    const many = draft.characteristics.filter((one) => Array.isArray(one.value) && one.value.length > 1);
    for (const one of many) if (Array.isArray(one.value)) one.value = random.shuffle(one.value).reverse();
    return many.length > 0;
  },
  'value-case': (_office, draft) => {
    const words = draft.characteristics.filter((one) => Array.isArray(one.value));
    for (const one of words) if (Array.isArray(one.value)) one.value = one.value.map((word) => word.toLowerCase());
    return words.length > 0;
  },
  'barcode-order': (_office, draft) => {
    const many = draft.sizes.filter((size) => size.skus.length > 1);
    for (const size of many) size.skus = [...size.skus].reverse();
    return many.length > 0;
  },
  /** `updatedAt` moves although nothing visible did. */
  touched: (office, draft) => {
    draft.updatedAt = Math.max(office.clock.now(), draft.updatedAt + 1);
    return true;
  },
};
