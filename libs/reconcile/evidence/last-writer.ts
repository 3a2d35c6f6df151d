import type { Pool, PoolClient } from 'pg';
import type { Facet } from '#channels/contract';
import type { PushIntended, RecordedEvidence, RevisionOrigin } from './evidence-entry.js';
import { evidenceOfListing } from './read-evidence.js';

/** A write of ours, as the chain has it. Times are ISO, account clock. */
export interface PushProof {
  readonly intentId: string;
  readonly seq: string;
  readonly hash: string;
  readonly sentAt: string;
  readonly operation?: string;
  readonly revision?: RevisionOrigin;
  /** Name of the file, when the revision came from an import. */
  readonly importFile?: string;
  /** When an observation showed exactly what it wrote. */
  readonly verifiedAt?: string;
  readonly verifiedSeq?: string;
}

export interface ChangeProof {
  readonly driftId?: string;
  readonly seq: string;
  readonly hash: string;
  readonly at: string;
}

/**
 * Whose write the value now live is, and why that can be said:
 * `last-write` our newest write carried it; `older-write` an earlier write or revision of ours came back; `nothing-changed` no drift was ever noticed;
 * `changed-after-verified` our newest write was seen live, and something else later; `never-written` we never wrote this facet;
 * `unfinished-write` the fate of our newest write is unknown; `not-verified` it was accepted but never seen live.
 */
export type LastWriterReason = 'last-write' | 'older-write' | 'nothing-changed' | 'changed-after-verified' | 'never-written' | 'unfinished-write' | 'not-verified';

/** `ours` is null when the record cannot tell. `push` is our newest write before the change, or the older one that came back. */
export interface LastWriter {
  readonly ours: boolean | null;
  readonly why: LastWriterReason;
  readonly push?: PushProof;
  readonly change?: ChangeProof;
}

interface PushStory {
  readonly proof: PushProof;
  readonly print: string | undefined;
  readonly fate: 'open' | 'refused' | 'unknown' | 'accepted' | 'verified';
}

const iso = (at: number): string => new Date(at).toISOString();

/** Name of the file a revision came from, when an import made it. */
export function importFileOf(revision: RevisionOrigin | undefined): string | undefined {
  const file = revision?.cause.kind === 'import' ? revision.cause['file'] : undefined;
  return typeof file === 'string' ? file : undefined;
}

function proofOf(entry: RecordedEvidence & { readonly body: PushIntended | undefined }): PushProof {
  const revision = entry.body?.revision;
  const importFile = importFileOf(revision);
  return {
    intentId: entry.intentId ?? '',
    seq: entry.seq,
    hash: entry.hash,
    sentAt: iso(entry.at),
    ...(entry.body === undefined ? {} : { operation: entry.body.operation }),
    ...(revision === undefined ? {} : { revision }),
    ...(importFile === undefined ? {} : { importFile }),
  };
}

function after(story: PushStory, entry: RecordedEvidence, facet: Facet, name: string): PushStory {
  switch (entry.kind) {
    case 'push.answer':
      if (entry.body === undefined) return story;
      return { ...story, fate: entry.body.outcome === 'accepted' ? 'accepted' : entry.body.outcome === 'refused' ? 'refused' : 'unknown' };
    case 'push.confirmed':
      return { ...story, fate: 'accepted' };
    case 'push.refused':
      return { ...story, fate: 'refused' };
    case 'push.unknown':
      return { ...story, fate: 'unknown' };
    case 'push.readback':
      return { ...story, fate: entry.body?.found === 'applied' ? 'accepted' : entry.body?.found === 'not-applied' ? 'refused' : story.fate };
    case 'push.verified':
      return entry.body !== undefined && entry.body.prints[facet] === undefined && entry.body.prints[name] === undefined ? story : seen(story, entry);
    default:
      return story;
  }
}

function seen(story: PushStory, entry: RecordedEvidence): PushStory {
  return { ...story, fate: 'verified', proof: { ...story.proof, verifiedAt: iso(entry.at), verifiedSeq: entry.seq } };
}

/** Our writes of a facet in the order they were intended, each with what became of it. */
function pushesOf(entries: readonly RecordedEvidence[], facet: Facet, name: string): PushStory[] {
  const stories = new Map<string, PushStory>();
  let newest: string | undefined;
  for (const entry of entries) {
    if (entry.kind === 'push.intent') {
      if (entry.intentId === undefined || (entry.body !== undefined && !entry.body.writeSet.includes(facet) && !entry.body.facets.includes(facet))) continue;
      stories.set(entry.intentId, { proof: proofOf(entry), print: entry.body?.prints[name] ?? entry.body?.prints[facet], fate: 'open' });
      newest = entry.intentId;
      continue;
    }
    // An observation of the wanted value verifies the newest write of the facet: it does not know which call it owes that to.
    const observed = (entry.kind === 'drift.healed' && entry.facet === facet) || (entry.kind === 'push.verified' && entry.intentId === undefined);
    const id = observed ? newest : entry.intentId;
    const story = id === undefined ? undefined : stories.get(id);
    if (id !== undefined && story !== undefined) stories.set(id, entry.kind === 'drift.healed' ? seen(story, entry) : after(story, entry, facet, name));
  }
  return [...stories.values()].filter((story) => story.fate !== 'refused');
}

/** Reads the answer from a card's entries in order of the chain; pure. `driftId` asks about that drift, else about the newest of the facet. */
export function judgeLastWriter(entries: readonly RecordedEvidence[], facet: Facet, part = '', driftId?: string): LastWriter {
  const name = part === '' ? facet : `${facet}/${part}`;
  const noticed = entries.filter(
    (entry) =>
      entry.kind === 'drift.noticed' && entry.facet === facet && (entry.body === undefined || entry.body.part === part) && (driftId === undefined || entry.driftId === driftId),
  );
  const found = driftId === undefined ? noticed[noticed.length - 1] : noticed[0];
  if (found === undefined || found.kind !== 'drift.noticed') {
    const last = pushesOf(entries, facet, name).pop();
    return last === undefined ? { ours: false, why: 'never-written' } : { ours: true, why: 'nothing-changed', push: last.proof };
  }
  const change: ChangeProof = { seq: found.seq, hash: found.hash, at: iso(found.at), ...(found.driftId === undefined ? {} : { driftId: found.driftId }) };
  const pushes = pushesOf(entries.slice(0, entries.indexOf(found)), facet, name);
  const last = pushes[pushes.length - 1];
  const live = found.body?.prints.observed ?? undefined;
  const carrier = live === undefined ? undefined : pushes.filter((push) => push.print === live).pop();
  const cause = found.body?.cause;
  if (last !== undefined && (cause === 'ours' || carrier === last)) return { ours: true, why: 'last-write', push: last.proof, change };
  if (cause === 'ours-older' || carrier !== undefined) {
    const matches = found.body?.matches;
    const older = carrier ?? pushes.find((push) => matches !== undefined && push.proof.revision?.revision === matches.revision);
    return { ours: true, why: 'older-write', change, ...(older === undefined ? {} : { push: older.proof }) };
  }
  if (last === undefined) return { ours: false, why: 'never-written', change };
  if (last.fate === 'verified' || cause === 'outside') return { ours: false, why: 'changed-after-verified', push: last.proof, change };
  return { ours: null, why: last.fate === 'accepted' ? 'not-verified' : 'unfinished-write', push: last.proof, change };
}

/** Was our own write the last one before the facet changed? Answered from the evidence alone. */
export async function lastWriter(
  db: Pool | PoolClient,
  question: { readonly listingId: string; readonly facet: Facet; readonly part?: string; readonly driftId?: string },
): Promise<LastWriter> {
  return judgeLastWriter(await evidenceOfListing(db, question.listingId), question.facet, question.part, question.driftId);
}
