import { describe, expect, it } from '@jest/globals';
import { nameMediaDrift, type PictureVerdict } from './media-drift.js';

const own = (ownDigest: string, ...owners: string[]): PictureVerdict => ({ ownDigest, owners: owners.map((sku) => ({ listingId: sku, sku, digest: ownDigest })) });
const of = (...owners: string[]): PictureVerdict => ({ owners: owners.map((sku) => ({ listingId: sku, sku, digest: 'other' })) });
const nowhere: PictureVerdict = { owners: [] };

function judge(desired: readonly string[], shown: readonly PictureVerdict[], olderOwn: { revision: number; media: string[] }[] = []) {
  const naming = nameMediaDrift({
    desired,
    observed: shown.map((_, at) => String(at)),
    verdict: (url) => shown[Number(url)] ?? nowhere,
    pictureKnown: () => true,
    olderOwn,
  });
  return naming.state === 'drift'
    ? { kind: naming.drift.kind, cause: naming.drift.cause, partners: naming.drift.partners?.map(({ sku }) => sku), paths: naming.drift.paths }
    : naming.state;
}

describe('what became of the pictures', () => {
  const A = own('a');
  const B = own('b');
  const C = own('c');
  const table: readonly (readonly [string, ReturnType<typeof judge>, unknown])[] = [
    ['all as wanted', judge(['a', 'b'], [A, B]), 'same'],
    ['none shown', judge(['a', 'b'], []), { kind: 'photo-lost', paths: ['media.0', 'media.1'] }],
    ['the middle one gone, the next moved up', judge(['a', 'b', 'c'], [A, C]), { kind: 'photo-lost', paths: ['media.1', 'media.2'] }],
    ['turned round', judge(['a', 'b'], [B, A]), { kind: 'photo-reordered', paths: ['media.0', 'media.1'] }],
    ['one doubled, none lost', judge(['a', 'b'], [A, B, A]), { kind: 'photo-reordered', paths: ['media.2'] }],
    ['one doubled in place of another', judge(['a', 'b'], [A, A]), { kind: 'photo-lost', paths: ['media.1'] }],
    ['one from nowhere', judge(['a', 'b'], [nowhere, B]), { kind: 'photo-replaced', paths: ['media.0'] }],
    ['one from nowhere added', judge(['a'], [A, nowhere]), { kind: 'photo-replaced', paths: ['media.1'] }],
    ['one of another card', judge(['a', 'b'], [A, of('X')]), { kind: 'swapped', partners: ['X'] }],
    ['all of another card, which has fewer', judge(['a', 'b'], [of('X')]), { kind: 'swapped', partners: ['X'] }],
    ['another card’s outranks nowhere and lost', judge(['a', 'b', 'c'], [nowhere, of('X')]), { kind: 'swapped', partners: ['X'] }],
    ['all owners of a shared picture are named', judge(['a'], [of('X', 'Y')]), { kind: 'swapped', partners: ['X', 'Y'] }],
    ['the card that explains most, not everybody with the size chart', judge(['a', 'b'], [of('X'), of('X', 'Y', 'Z')]), { kind: 'swapped', partners: ['X'] }],
    ['two cards’ pictures', judge(['a', 'b'], [of('X'), of('Y')]), { kind: 'swapped', partners: ['X', 'Y'] }],
    ['own and others’ at once is own', judge(['a', 'b'], [own('a', 'X'), B]), 'same'],
    ['own and others’, at another place', judge(['a', 'b'], [B, own('a', 'X')]), { kind: 'photo-reordered', partners: undefined }],
    ['an earlier set of our own', judge(['a', 'b'], [own('z'), A], [{ revision: 3, media: ['z', 'a'] }]), { kind: 'photo-replaced', cause: 'ours-older' }],
  ];
  it.each(table)('%s', (_what, result, expected) => {
    if (typeof expected === 'string') expect(result).toBe(expected);
    else expect(result).toMatchObject(expected as object);
  });

  it('says nothing before every picture was looked at', () => {
    expect(nameMediaDrift({ desired: ['a'], observed: ['u', 'v', 'v'], verdict: () => nowhere, pictureKnown: (url) => url === 'u' })).toEqual({ state: 'unverified', urls: ['v'] });
  });
});
