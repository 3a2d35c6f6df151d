import { drawnPicture } from '../../pictures/drawn-picture.js';
import type { Random } from '../../random.js';
import type { Picture } from '../model.js';
import type { Gremlin } from './gremlin.js';

export const photoLost: Gremlin = (_office, draft, random) => {
  const { pictures } = draft;
  if (pictures.length === 0) return undefined;
  const all = pictures.length === 1 || random.next() < 0.3;
  const places = pictures.map((_, at) => at);
  const lost = new Set(all ? places : random.shuffle(places).slice(0, random.int(1, pictures.length - 1)));
  draft.pictures = pictures.filter((_, at) => !lost.has(at));
  return { facet: 'media', detail: `${lost.size} of ${pictures.length} pictures lost` };
};

export const photoReplaced: Gremlin = (office, draft, random) => {
  const { pictures } = draft;
  if (pictures.length === 0) return undefined;
  const all = random.next() < 0.3;
  const only = random.int(0, pictures.length - 1);
  const salt = random.int(0, 1e9);
  draft.pictures = pictures.map((one, at) => (all || at === only ? office.pictures.host(drawnPicture(draft.vendorCode, salt, at), one.source) : one));
  return { facet: 'media', detail: all ? 'every picture replaced by one from nowhere' : `picture ${only + 1} replaced by one from nowhere` };
};

export const photoReordered: Gremlin = (_office, draft, random) => {
  if (new Set(draft.pictures.map((one) => one.hash)).size < 2) return undefined;
  draft.pictures = otherOrder(draft.pictures, random);
  return { facet: 'media', detail: 'pictures in another order' };
};

function otherOrder(pictures: readonly Picture[], random: Random): Picture[] {
  const shuffled = random.shuffle(pictures);
  const same = shuffled.every((one, at) => one.hash === pictures[at]?.hash);
  return same ? [...pictures.slice(1), ...pictures.slice(0, 1)] : shuffled;
}
