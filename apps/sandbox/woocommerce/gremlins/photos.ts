import { drawnPicture } from '../../pictures/drawn-picture.js';
import type { Random } from '../../random.js';
import { keyOf, type Attachment } from '../model.js';
import type { Gremlin } from './gremlin.js';
import { picturesOf, showPictures } from './pictures-of.js';

export const photoLost: Gremlin = (_office, draft, random) => {
  const images = picturesOf(draft);
  if (images.length === 0) return undefined;
  const all = images.length === 1 || random.next() < 0.3;
  const places = images.map((_, at) => at);
  const lost = new Set(all ? places : random.shuffle(places).slice(0, random.int(1, images.length - 1)));
  showPictures(
    draft,
    images.filter((_, at) => !lost.has(at)),
  );
  return { facet: 'media', detail: `${lost.size} of ${images.length} pictures lost` };
};

export const photoReplaced: Gremlin = ({ library, pictures, clock }, draft, random) => {
  const images = picturesOf(draft);
  if (images.length === 0) return undefined;
  const all = random.next() < 0.3;
  const only = random.int(0, images.length - 1);
  const salt = random.int(0, 1e9);
  const foreign = (one: Attachment, at: number): Attachment => library.add(pictures.host(drawnPicture(keyOf(draft), salt, at), one.picture.source), one, clock.now());
  showPictures(
    draft,
    images.map((one, at) => (all || at === only ? foreign(one, at) : one)),
  );
  return { facet: 'media', detail: all ? 'every picture replaced by one from nowhere' : `picture ${only + 1} replaced by one from nowhere` };
};

export const photoReordered: Gremlin = (_office, draft, random) => {
  if (new Set(picturesOf(draft).map((one) => one.picture.hash)).size < 2) return undefined;
  showPictures(draft, otherOrder(picturesOf(draft), random));
  return { facet: 'media', detail: 'pictures in another order' };
};

function otherOrder(images: readonly Attachment[], random: Random): Attachment[] {
  const shuffled = random.shuffle(images);
  const same = shuffled.every((one, at) => one.picture.hash === images[at]?.picture.hash);
  return same ? [...images.slice(1), ...images.slice(0, 1)] : shuffled;
}
