import { get, post, query } from '../../../app/http';

export const DRIFT_KINDS = [
  'swapped',
  'gibberish',
  'photo-lost',
  'photo-replaced',
  'photo-reordered',
  'category-moved',
  'attribute-lost',
  'attribute-changed',
  'text-changed',
  'dimensions-changed',
  'price',
  'stock',
  'not-buyable',
  'missing',
  'orphan',
] as const;
export const DRIFT_CAUSES = ['ours', 'ours-older', 'outside', 'unknown'] as const;

/** What is not over, what was healed, and both with what was set aside. */
export const DRIFT_VIEWS = {
  open: ['open', 'repairing', 'held', 'case'],
  healed: ['healed'],
  all: ['open', 'repairing', 'held', 'case', 'healed', 'ignored'],
} as const;
export type DriftView = keyof typeof DRIFT_VIEWS;

export interface Partner {
  readonly listingId: string;
  readonly sku: string;
}

/** Times are the account's clock, ISO. */
export interface Drift {
  readonly id: string;
  readonly account_id: string;
  readonly listing_id: string;
  readonly key: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly facet: string;
  readonly part: string;
  readonly kind: string;
  readonly cause: string;
  readonly partners: readonly Partner[] | null;
  readonly state: string;
  readonly reason: string | null;
  readonly revision: number | null;
  readonly repeats: number;
  readonly repairs: number;
  readonly noticed_at: string;
  readonly repaired_at: string | null;
  readonly healed_at: string | null;
  readonly held_until: string | null;
  readonly due_at: string | null;
  readonly facet_state: string | null;
  readonly facet_reason: string | null;
}

export type Leaf = string | number | boolean | null;

export interface WordSpan {
  readonly same: boolean;
  readonly expected: string;
  readonly live: string;
}

export interface FieldChange {
  readonly path: string;
  readonly expected: Leaf;
  readonly live: Leaf;
  readonly words?: readonly WordSpan[];
}

export interface ShownPicture {
  readonly value: string;
  readonly src: string;
}

export interface FacetDiff {
  readonly facet: string;
  readonly part: string;
  readonly desired: unknown;
  readonly observed: unknown;
  readonly changes: readonly FieldChange[];
  /** What the channel calls attributes (by path) and categories (by id). */
  readonly names?: Readonly<Record<string, string>>;
  readonly pictures?: { readonly desired: readonly ShownPicture[]; readonly observed: readonly ShownPicture[] };
}

export type DriftWithDiff = Drift & { readonly diff: FacetDiff | null };

export interface ProofLine {
  readonly at: string;
  readonly kind: string;
  readonly seq: string | null;
  readonly shown: string;
  readonly request?: unknown;
  readonly answer?: unknown;
}

export interface DriftProof {
  readonly before: FacetDiff | null;
  readonly last_writer: { readonly ours: boolean | null; readonly why: string; readonly shown: string } | null;
  readonly lines: readonly ProofLine[];
}

export interface DriftFilter {
  readonly view: DriftView;
  readonly account?: string;
  readonly kind?: string;
  readonly cause?: string;
  readonly text?: string;
}

export interface DriftSummary {
  readonly open: number;
  readonly by_kind: Readonly<Record<string, number>>;
  readonly by_cause: Readonly<Record<string, number>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

export const readDrifts = ({ view, ...filter }: DriftFilter, cursor: string | undefined, limit: number): Promise<Page<Drift>> =>
  get(`/api/drifts${query({ ...filter, state: DRIFT_VIEWS[view].join(','), cursor, limit })}`);
export const readDriftSummary = (): Promise<DriftSummary> => get('/api/drifts/summary');
export const readDrift = (id: string): Promise<DriftWithDiff> => get(`/api/drifts/${encodeURIComponent(id)}`);
export const readProof = (id: string, locale: string): Promise<DriftProof> => get(`/api/drifts/${encodeURIComponent(id)}/proof${query({ locale })}`);

export const approveDrift = (id: string): Promise<void> => post(`/api/drifts/${encodeURIComponent(id)}/approve`);
export const retryDrift = (id: string): Promise<void> => post(`/api/drifts/${encodeURIComponent(id)}/retry`);
export const freezeListing = (id: string, until: string | null): Promise<void> => post(`/api/listings/${encodeURIComponent(id)}/freeze`, { until });

export interface IgnoreDraft {
  readonly account: string;
  readonly facet: string;
  readonly listing?: string;
  readonly path?: string;
  readonly reason: string;
  readonly expires_at?: string;
}

export interface IgnorePreview {
  readonly cards: number;
  readonly still_drifted: number;
  readonly examples: readonly string[];
}

export const previewIgnore = (draft: IgnoreDraft): Promise<IgnorePreview> => post('/api/ignore-rules/preview', draft);
export const createIgnore = (draft: IgnoreDraft): Promise<{ readonly id: string; readonly cards: number }> => post('/api/ignore-rules', draft);
