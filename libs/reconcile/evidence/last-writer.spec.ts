import { describe, expect, it } from '@jest/globals';
import type { EvidenceBodies, EvidenceKind, RecordedEvidence } from './evidence-entry.js';
import { judgeLastWriter } from './last-writer.js';

let seq = 0;
function entry<K extends EvidenceKind>(kind: K, refs: { intentId?: string; driftId?: string }, body: EvidenceBodies[K] | undefined): RecordedEvidence {
  seq += 1;
  return {
    accountId: '1',
    seq: String(seq),
    hash: `h${seq}`,
    at: seq * 1000,
    recordedAt: new Date(0),
    listingId: '1',
    facet: kind.startsWith('drift') ? 'title' : undefined,
    kind,
    body,
    ...refs,
  } as RecordedEvidence;
}
const revision = (number: number) => ({ revision: number, author: 'anna', cause: { kind: 'import', file: 'осень.csv' } });
const intent = (id: string, print: string, number = 1): RecordedEvidence =>
  entry(
    'push.intent',
    { intentId: id },
    { operation: 'import', purpose: 'sync', facets: ['title'], writeSet: ['title', 'media'], epoch: 1, revision: revision(number), prints: { title: print }, request: {} },
  );
const accepted = (id: string): RecordedEvidence => entry('push.answer', { intentId: id }, { outcome: 'accepted' });
const verified = (id: string): RecordedEvidence => entry('push.verified', { intentId: id }, { prints: { title: '10' } });
const drift = (observed: string, cause: 'ours' | 'ours-older' | 'outside' | 'unknown' = 'unknown', matches?: number): RecordedEvidence =>
  entry(
    'drift.noticed',
    { driftId: '5' },
    {
      part: '',
      driftKind: 'text-changed',
      cause,
      observed: 'x',
      prints: { observed, expected: null, desired: null },
      partners: [],
      ...(matches === undefined ? {} : { matches: revision(matches) }),
    },
  );

describe('who wrote last', () => {
  it('was not us when our write was seen live and something else came later', () => {
    const answer = judgeLastWriter([intent('1', '10', 3), accepted('1'), verified('1'), drift('99')], 'title');
    expect(answer).toMatchObject({
      ours: false,
      why: 'changed-after-verified',
      push: { intentId: '1', importFile: 'осень.csv', revision: { revision: 3, author: 'anna' } },
      change: { driftId: '5' },
    });
    expect(answer.push?.verifiedAt).toBeDefined();
  });

  it('was our own file when it carried the live value', () => {
    expect(judgeLastWriter([intent('1', '10'), verified('1'), intent('2', '99', 2), accepted('2'), drift('99')], 'title')).toMatchObject({
      ours: true,
      why: 'last-write',
      push: { intentId: '2' },
    });
    expect(judgeLastWriter([intent('1', '10'), accepted('1'), drift('99', 'ours')], 'title')).toMatchObject({ ours: true, why: 'last-write' });
  });

  it('was an older write of ours that came back', () => {
    expect(judgeLastWriter([intent('1', '10', 1), verified('1'), intent('2', '20', 2), verified('2'), drift('10')], 'title')).toMatchObject({
      ours: true,
      why: 'older-write',
      push: { intentId: '1' },
    });
    expect(judgeLastWriter([intent('1', '10', 1), verified('1'), intent('2', '20', 2), verified('2'), drift('77', 'ours-older', 1)], 'title')).toMatchObject({
      why: 'older-write',
      push: { intentId: '1' },
    });
  });

  it('cannot be told while the fate of our write is unknown, or it was never seen live', () => {
    const lost = entry('push.unknown', { intentId: '1' }, { why: 'no answer' });
    expect(judgeLastWriter([intent('1', '10'), lost, drift('99')], 'title')).toMatchObject({ ours: null, why: 'unfinished-write' });
    expect(judgeLastWriter([intent('1', '10'), accepted('1'), drift('99')], 'title')).toMatchObject({ ours: null, why: 'not-verified' });
    const applied = entry('push.readback', { intentId: '1' }, { found: 'applied' });
    expect(judgeLastWriter([intent('1', '10'), lost, applied, verified('1'), drift('99')], 'title')).toMatchObject({ ours: false });
  });

  it('takes a refused write as none, and a healed drift as proof of the newest write', () => {
    const refused = entry('push.refused', { intentId: '2' }, { diagnostics: [] });
    expect(judgeLastWriter([intent('1', '10'), verified('1'), intent('2', '99', 2), refused, drift('99')], 'title')).toMatchObject({ ours: false, push: { intentId: '1' } });
    const healed = entry('drift.healed', { driftId: '4' }, { part: '', after: 'x' });
    expect(judgeLastWriter([intent('1', '10'), accepted('1'), healed, drift('99')], 'title')).toMatchObject({ ours: false, push: { verifiedSeq: healed.seq } });
  });

  it('answers for cards that never drifted or that we never wrote, and looks only at writes before the change', () => {
    expect(judgeLastWriter([], 'title')).toEqual({ ours: false, why: 'never-written' });
    expect(judgeLastWriter([intent('1', '10')], 'title')).toMatchObject({ ours: true, why: 'nothing-changed' });
    expect(judgeLastWriter([drift('99'), intent('1', '99')], 'title')).toMatchObject({ ours: false, why: 'never-written' });
    expect(judgeLastWriter([intent('1', '10'), drift('99')], 'price')).toEqual({ ours: false, why: 'never-written' });
  });
});
