import type { Facet } from '#channels/contract';
import type { Diagnostic } from '#kernel';
import type { DriftCause, DriftKind, DriftPartner } from '../diff/kinds.js';

/** Which revision a value came from, by whom and on what occasion (a person, an import file, a restore…). `at` is an ISO time, UTC. */
export interface RevisionOrigin {
  readonly revision: number;
  readonly author: string;
  readonly cause: { readonly kind: string; readonly [detail: string]: unknown };
  readonly at?: string;
}

/** Fingerprints as signed decimal text; null where there is none. */
export interface EvidencePrints {
  readonly observed: string | null;
  readonly expected: string | null;
  readonly desired: string | null;
}

/** The before-image: stored before anything is sent to repair it. Documents have the shapes of the contract's `FacetValues`. */
export interface DriftNoticed {
  /** The seller's article on the channel. */
  readonly key?: string;
  /** Warehouse of a stock facet, else ''. */
  readonly part: string;
  readonly driftKind: DriftKind;
  readonly cause: DriftCause;
  readonly observed: unknown;
  readonly expected?: unknown;
  readonly desired?: unknown;
  readonly prints: EvidencePrints;
  readonly revision?: RevisionOrigin;
  /** For cause ours-older: the revision whose value came back. */
  readonly matches?: RevisionOrigin;
  readonly partners: readonly DriftPartner[];
  /** Pictures on both sides by what they show, where known: digests of the stored bytes behind a channel's URL. */
  readonly pictures?: readonly { readonly url: string; readonly digest?: string }[];
  readonly details?: unknown;
}

export interface PushIntended {
  readonly key?: string;
  readonly operation: string;
  readonly purpose: string;
  readonly facets: readonly Facet[];
  readonly writeSet: readonly Facet[];
  readonly epoch: number;
  readonly revision?: RevisionOrigin;
  /** Fingerprint of what is to become true, by facet ("stock/<warehouse>" for a part). */
  readonly prints: Readonly<Record<string, string>>;
  /** Exactly what is sent for this card. */
  readonly request: unknown;
}

/** The body of each kind of entry. Secrets are redacted when it is appended. */
export interface EvidenceBodies {
  'drift.noticed': DriftNoticed;
  /** The card drifted again within one story, or its drift took another value. */
  'drift.again': { readonly part: string; readonly repeats: number; readonly observed: unknown; readonly prints: EvidencePrints };
  /** The after-image. */
  'drift.healed': {
    readonly key?: string;
    readonly facet?: Facet;
    readonly part: string;
    readonly after: unknown;
    readonly how?: 'repaired' | 'by-itself' | 'accepted';
    readonly heldForMs?: number;
  };
  'drift.held': { readonly part: string; readonly reason: string; readonly until?: string };
  'drift.ignored': { readonly part: string; readonly ruleId?: string; readonly author: string; readonly reason: string };
  'push.intent': PushIntended;
  'push.answer': { readonly outcome: 'accepted' | 'refused' | 'unsure'; readonly receipt?: string; readonly answer?: unknown; readonly why?: string };
  /** The channel's task ended well; the proof is an observation: push.verified. */
  'push.confirmed': { readonly receipt?: string; readonly diagnostics: readonly Diagnostic[]; readonly answer?: unknown };
  /** An observation showed what was pushed. `prints` by facet as in push.intent, `observed` as the channel shows it. */
  'push.verified': { readonly prints: Readonly<Record<string, string>> };
  'push.refused': { readonly diagnostics: readonly Diagnostic[]; readonly answer?: unknown };
  'push.unknown': { readonly why: string };
  'push.readback': { readonly found: 'applied' | 'not-applied' | 'another-value'; readonly prints?: Readonly<Record<string, string>> };
  /** The floor of a price ends soon on the channel (null: it does not hold any more), and is about to be renewed. */
  'floor.intent': { readonly ends: string | null };
  /** The channel tells that it holds until then (account clock). */
  'floor.renewed': { readonly until: string };
  'policy.changed': { readonly what: string; readonly from: unknown; readonly to: unknown; readonly author: string; readonly reason?: string };
  'account.changed': { readonly what: string; readonly from: unknown; readonly to: unknown; readonly author: string };
  /** A live card was joined to a product, by a rule ("rule:barcode") or a person, or taken apart from it again. */
  'card.matched': { readonly key: string; readonly sku: string; readonly author: string; readonly score: number; readonly reasons: unknown };
  'card.unmatched': { readonly key: string; readonly sku: string; readonly author: string };
  'brake.pulled': { readonly code: string; readonly count: number; readonly of: number; readonly sweep?: string };
  'case.opened': { readonly caseId: string; readonly code: string; readonly details?: unknown };
  /** Without a reason: by approving what it was about. */
  'case.closed': { readonly caseId: string; readonly code: string; readonly author: string; readonly reason?: string };
  /** A backup was put back: what the kept head knew beyond it is named, so that the loss stands in the record. */
  'restore.done': { readonly author: string; readonly from: string; readonly lostSeq?: string; readonly lostHash?: string };
  /** A person let go of a kept head that the database contradicts: what was lost is named, so that the loss stands in the record. */
  'head.accepted': { readonly author: string; readonly reason: string; readonly lostSeq: string; readonly lostHash: string };
  'evidence.pruned': { readonly recordedBefore: string; readonly bodies: number };
}

export type EvidenceKind = keyof EvidenceBodies;

/** What an entry is about. `at` is the account's clock in ms. */
export interface EvidenceSubject {
  readonly at: number;
  readonly listingId?: string;
  readonly driftId?: string;
  readonly intentId?: string;
  readonly facet?: Facet;
}

export type EvidenceEntry = { [K in EvidenceKind]: EvidenceSubject & { readonly kind: K; readonly body: EvidenceBodies[K] } }[EvidenceKind];

/** An entry as it was recorded; `body` is undefined once pruned. */
export type RecordedEvidence = {
  [K in EvidenceKind]: EvidenceSubject & {
    readonly accountId: string;
    readonly seq: string;
    readonly recordedAt: Date;
    readonly hash: string;
    readonly kind: K;
    readonly body: EvidenceBodies[K] | undefined;
  };
}[EvidenceKind];
