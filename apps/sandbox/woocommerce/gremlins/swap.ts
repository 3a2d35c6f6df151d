import type { Random } from '../../random.js';
import type { Product } from '../model.js';
import type { Strike } from './gremlin.js';

/** Two products trade pictures (all or one), descriptions or names. Pictures are files of one library, so they keep their addresses. Changes both drafts, or nothing. */
export function swap(a: Product, b: Product, random: Random): Strike | undefined {
  const what = random.pick(['all-photos', 'one-photo', 'description', 'name'] as const);
  if (what === 'description' || what === 'name') {
    if (a[what] === '' || b[what] === '') return undefined;
    [a[what], b[what]] = [b[what], a[what]];
    return { facet: what === 'name' ? 'title' : what, detail: `${what}s traded` };
  }
  if (a.images.length === 0 || b.images.length === 0) return undefined;
  if (what === 'all-photos') {
    [a.images, b.images] = [b.images, a.images];
    return { facet: 'media', detail: 'all photos traded' };
  }
  const i = random.int(0, a.images.length - 1);
  const j = random.int(0, b.images.length - 1);
  const [ofA, ofB] = [a.images[i], b.images[j]];
  if (!ofA || !ofB) return undefined;
  a.images = a.images.map((one, at) => (at === i ? ofB : one));
  b.images = b.images.map((one, at) => (at === j ? ofA : one));
  return { facet: 'media', detail: `photo ${i + 1} traded for photo ${j + 1}` };
}
