import type { Random } from '../../random.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import type { Strike } from './gremlin.js';

/** Two cards trade pictures (all or one), descriptions or titles. Changes both drafts, or nothing. */
export function swap(office: Office, a: Card, b: Card, random: Random): Strike | undefined {
  const what = random.pick(['all-photos', 'one-photo', 'description', 'title'] as const);
  if (what === 'description' || what === 'title') {
    if (a[what] === '' || b[what] === '') return undefined;
    [a[what], b[what]] = [b[what], a[what]];
    return { facet: what, detail: `${what}s traded` };
  }
  if (a.pictures.length === 0 || b.pictures.length === 0) return undefined;
  if (what === 'all-photos') {
    [a.pictures, b.pictures] = [b.pictures, a.pictures].map((set) => set.map((one) => office.pictures.host(one.hash, one.source))) as [Card['pictures'], Card['pictures']];
    return { facet: 'media', detail: 'all photos traded' };
  }
  const i = random.int(0, a.pictures.length - 1);
  const j = random.int(0, b.pictures.length - 1);
  const [ofA, ofB] = [a.pictures[i], b.pictures[j]];
  if (!ofA || !ofB) return undefined;
  a.pictures = a.pictures.map((one, at) => (at === i ? office.pictures.host(ofB.hash, one.source) : one));
  b.pictures = b.pictures.map((one, at) => (at === j ? office.pictures.host(ofA.hash, one.source) : one));
  return { facet: 'media', detail: `photo ${i + 1} traded for photo ${j + 1}` };
}
