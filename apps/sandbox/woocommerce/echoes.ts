import { spacedHtml, withEntities, withoutTags } from '../echoes/text-echoes.js';
import type { Random } from '../random.js';
import type { Picture } from '../pictures/picture-house.js';
import { picturesOf, showPictures } from './gremlins/pictures-of.js';
import { isProduct, type Attachment, type Ware } from './model.js';
import type { Office } from './office.js';
import { slugOf } from './text.js';
import { touch } from './writes.js';

type WooEcho = (office: Office, draft: Ware, random: Random) => boolean;

/** The same files under other addresses: an optimiser, a CDN, a library made anew. */
function rehosted(office: Office, draft: Ware, change: Partial<Pick<Picture, 'quality' | 'half'>>): boolean {
  showPictures(
    draft,
    picturesOf(draft).map((image) => movedTo(office, image, change)),
  );
  return picturesOf(draft).length > 0;
}

function movedTo({ pictures, library }: Office, image: Attachment, { quality, half }: Partial<Pick<Picture, 'quality' | 'half'>>): Attachment {
  const { hash, source, quality: was, half: wasHalf } = image.picture;
  const moved = { ...image, picture: pictures.host(hash, source, quality ?? was, half ?? wasHalf) };
  library.keep(moved);
  return moved;
}

const decimals = (value: string): string => (value === '' ? value : value.includes('.') ? `${value}0` : `${value}.00`);

/** How the shop shows goods in another way without changing what it says. */
export const ECHOES: Readonly<Record<string, WooEcho>> = {
  'new-cdn-url': (office, draft) => rehosted(office, draft, {}),
  'jpeg-quality': (office, draft, random) => rehosted(office, draft, { quality: random.int(55, 95) }),
  resized: (office, draft) => rehosted(office, draft, { half: true }),
  /** The same pictures as other files of the library. */
  'new-attachments': ({ pictures, library, clock }, draft) => {
    const anew = picturesOf(draft).map((image) =>
      library.add(pictures.host(image.picture.hash, image.picture.source, image.picture.quality, image.picture.half), image, clock.now()),
    );
    showPictures(draft, anew);
    return anew.length > 0;
  },
  'html-entities': (_office, draft, random) => {
    const after = withEntities(draft.description, random);
    if (after === draft.description) return false;
    draft.description = after;
    return true;
  },
  'tag-loss': (_office, draft) => {
    const after = withoutTags(draft.description);
    if (after === draft.description) return false;
    draft.description = after;
    return true;
  },
  whitespace: (_office, draft, random) => {
    if (draft.description === '') return false;
    draft.description = spacedHtml(draft.description, random);
    return true;
  },
  'attribute-order': (_office, draft, random) => {
    if (!isProduct(draft)) return false;
    const before = draft.attributes;
    draft.attributes = random.shuffle(before);
    return draft.attributes.some((one, at) => one !== before[at]);
  },
  'option-order': (_office, draft) => {
    const many = isProduct(draft) ? draft.attributes.filter((one) => one.options.length > 1) : [];
    for (const one of many) one.options = [...one.options].reverse();
    return many.length > 0;
  },
  'price-format': (_office, draft) => {
    if (draft.regularPrice === '') return false;
    Object.assign(draft, { regularPrice: decimals(draft.regularPrice), salePrice: decimals(draft.salePrice) });
    return true;
  },
  'size-format': (_office, draft) => {
    const measured = draft.weight !== '';
    draft.weight = decimals(draft.weight);
    return measured;
  },
  /** Another plugin keeps something of its own. */
  'foreign-meta': ({ counters }, draft, random) => {
    draft.meta.push({ id: counters.meta.next(), key: '_yoast_wpseo_focuskw', value: random.pick(['купить недорого', 'подарок', 'хит продаж']) });
    return true;
  },
  'other-slug': (_office, draft, random) => {
    if (!isProduct(draft)) return false;
    draft.slug = `${slugOf(draft.name)}-${draft.id}-${random.int(2, 99)}`;
    return true;
  },
  /** The date of the last change moves although nothing visible did. */
  touched: (office, draft) => {
    touch(office, draft);
    return true;
  },
};
