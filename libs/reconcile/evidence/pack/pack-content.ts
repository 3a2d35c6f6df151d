import type { Facet } from '#channels/contract';
import type { FieldChange } from '../../diff/index.js';
import type { DriftCause, DriftKind, DriftPartner } from '../../diff/index.js';
import type { LastWriter } from '../last-writer.js';
import type { LinkWithBody } from '../link-rows.js';
import type { StoryLine } from '../story-line.js';
import type { KeptHead } from '../verify-evidence.js';

/** Which incidents go into a pack: single drifts, or all drifts of cards named by the seller's article or by the channel's SKU. */
export type PackSelection = { readonly accountId: string; readonly driftIds: readonly string[] } | { readonly accountId: string; readonly skus: readonly string[] };

/** A drift with what stood before, what was live, and what is there after. Documents have the shapes of `FacetValues`; undefined where unknown or pruned. */
export interface PackIncident {
  readonly driftId: string;
  readonly listingId: string;
  /** The seller's article. */
  readonly key: string;
  /** The number support asks for: the channel's SKU, else its card id, else the article. */
  readonly sku: string;
  readonly title: string | null;
  readonly facet: Facet;
  readonly part: string;
  readonly kind: DriftKind;
  readonly cause: DriftCause;
  readonly state: string;
  /** ISO, account clock. */
  readonly noticedAt: string;
  readonly healedAt: string | null;
  readonly wanted: unknown;
  readonly live: unknown;
  readonly after: unknown;
  readonly changes: readonly FieldChange[];
  readonly partners: readonly DriftPartner[];
  readonly lines: readonly StoryLine[];
  readonly lastWriter: LastWriter;
}

export interface PackContent {
  readonly madeAt: string;
  readonly account: { readonly id: string; readonly channel: string; readonly title: string };
  readonly head: KeptHead | null;
  /** From the first entry of the incidents to the head where that is short enough, else only their own entries. */
  readonly links: readonly LinkWithBody[];
  readonly connected: boolean;
  readonly incidents: readonly PackIncident[];
  /** Asked for and not found. */
  readonly missing: readonly string[];
}

/** Where a pack finds pictures; undefined when the bytes are not there. */
export interface PackPictures {
  /** A picture of the master by its sha256. */
  master(digest: string): Promise<Buffer | undefined>;
  /** What the channel showed behind an address when it was last fetched. */
  channel(accountId: string, url: string): Promise<Buffer | undefined>;
}

/** A picture as it lies in the pack. */
export interface PackedPicture {
  readonly file: string;
  readonly bytes: Buffer;
}
