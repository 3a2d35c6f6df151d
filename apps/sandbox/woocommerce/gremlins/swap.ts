import type { Random } from '../../random.js';
import { isProduct, type Ware } from '../model.js';
import type { Strike } from './gremlin.js';
import { picturesOf, showPictures } from './pictures-of.js';

/** Two wares trade pictures (all or one), descriptions or names. Pictures are files of one library, so they keep their addresses. Changes both drafts, or nothing. */
export function swap(a: Ware, b: Ware, random: Random): Strike | undefined {
  const what = random.pick(['all-photos', 'one-photo', 'description', 'name'] as const);
  if (what === 'name') {
    if (!isProduct(a) || !isProduct(b)) return undefined;
    [a.name, b.name] = [b.name, a.name];
    return { facet: 'title', detail: 'names traded' };
  }
  if (what === 'description') {
    if (a.description === '' || b.description === '') return undefined;
    [a.description, b.description] = [b.description, a.description];
    return { facet: 'description', detail: 'descriptions traded' };
  }
  const [ofA, ofB] = [picturesOf(a), picturesOf(b)];
  // A variation has room for one picture.
  const alike = isProduct(a) === isProduct(b);
  if (ofA.length === 0 || ofB.length === 0 || (what === 'all-photos' && !alike)) return undefined;
  if (what === 'all-photos') {
    showPictures(a, ofB);
    showPictures(b, ofA);
    return { facet: 'media', detail: 'all photos traded' };
  }
  const i = random.int(0, ofA.length - 1);
  const j = random.int(0, ofB.length - 1);
  showPictures(
    a,
    ofA.map((one, at) => (at === i ? (ofB[j] ?? one) : one)),
  );
  showPictures(
    b,
    ofB.map((one, at) => (at === j ? (ofA[i] ?? one) : one)),
  );
  return { facet: 'media', detail: `photo ${i + 1} traded for photo ${j + 1}` };
}
