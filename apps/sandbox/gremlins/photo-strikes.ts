import { drawnPicture } from '../pictures/drawn-picture.js';
import type { Random } from '../random.js';

/** What happened to the pictures of a card. */
export interface PhotoStrike<P> {
  readonly pictures: P[];
  readonly detail: string;
}

type Hash = { readonly hash: string };

/** Some or all pictures are gone; undefined when there are none. */
export function lostPhotos<P>(pictures: readonly P[], random: Random): PhotoStrike<P> | undefined {
  if (pictures.length === 0) return undefined;
  const places = pictures.map((_, at) => at);
  const all = pictures.length === 1 || random.next() < 0.3;
  const lost = new Set(all ? places : random.shuffle(places).slice(0, random.int(1, pictures.length - 1)));
  return { pictures: pictures.filter((_, at) => !lost.has(at)), detail: `${lost.size} of ${pictures.length} pictures lost` };
}

/** One picture or all of them show what belongs to no seller; `host` gives bytes an address in place of a picture. */
export function replacedPhotos<P>(pictures: readonly P[], key: string, random: Random, host: (hash: string, instead: P) => P): PhotoStrike<P> | undefined {
  if (pictures.length === 0) return undefined;
  const all = random.next() < 0.3;
  const only = random.int(0, pictures.length - 1);
  const salt = random.int(0, 1e9);
  return {
    pictures: pictures.map((one, at) => (all || at === only ? host(drawnPicture(key, salt, at), one) : one)),
    detail: all ? 'every picture replaced by one from nowhere' : `picture ${only + 1} replaced by one from nowhere`,
  };
}

/** The same pictures in another order; undefined when there are not two that differ. */
export function reorderedPhotos<P extends Hash>(pictures: readonly P[], random: Random): PhotoStrike<P> | undefined {
  if (new Set(pictures.map((one) => one.hash)).size < 2) return undefined;
  const shuffled = random.shuffle(pictures);
  const isSame = shuffled.every((one, at) => one.hash === pictures[at]?.hash);
  return { pictures: isSame ? [...pictures.slice(1), ...pictures.slice(0, 1)] : shuffled, detail: 'pictures in another order' };
}

/** Two cards trade all pictures or one; undefined when either has none. */
export function tradedPhotos<P>(
  a: readonly P[],
  b: readonly P[],
  random: Random,
  host: (other: P) => P,
): { readonly a: P[]; readonly b: P[]; readonly detail: string } | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  if (random.next() < 0.5) return { a: b.map(host), b: a.map(host), detail: 'all photos traded' };
  const i = random.int(0, a.length - 1);
  const j = random.int(0, b.length - 1);
  const [ofA, ofB] = [a[i] as P, b[j] as P];
  return { a: a.map((one, at) => (at === i ? host(ofB) : one)), b: b.map((one, at) => (at === j ? host(ofA) : one)), detail: `photo ${i + 1} traded for photo ${j + 1}` };
}
