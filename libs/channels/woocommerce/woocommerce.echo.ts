import { attributesEcho, echoJudge, plainEchoes, type Echo, type PictureJudge } from '#channels/contract';
import { sameOption } from './woocommerce.attributes.js';
import { standsIn } from './woocommerce.categories.js';
import { ONE_PICTURE } from './woocommerce.observe.js';

/** Does the site show what we want, in its own way of showing it? Rules: docs/channels/woocommerce.md, "What counts as equal". */
export const isEcho = echoJudge({
  ...plainEchoes,
  category: (desired, observed) => (standsIn(observed, desired) ? 'yes' : 'no'),
  media: (desired, observed, pictures) => {
    const [only] = observed;
    if (desired.length > 1 && observed.length === 1 && only?.endsWith(ONE_PICTURE) === true) return onePicture(desired[0] ?? '', only, pictures);
    return plainEchoes.media(desired, observed, pictures);
  },
  // A side that the master does not know is the site's own.
  dimensions: (desired, observed) => {
    const same = (['length', 'width', 'height', 'weight'] as const).every((side) => desired[side] === 0 || Math.abs(desired[side] - observed[side]) <= 1);
    return same ? 'yes' : 'no';
  },
  attributes: attributesEcho((_name, desired, observed) => sameOption(desired.text, observed.text)),
});

/** A variation has room for one picture: it is the first. */
function onePicture(digest: string, url: string, pictures: PictureJudge): Echo {
  const same = pictures.same(url, digest);
  return same === undefined ? 'unverified' : same ? 'yes' : 'no';
}
