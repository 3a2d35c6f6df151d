import type { BrokenContract, Clock, Diagnostic } from '#kernel';
import type { Adoption } from './adoption.js';
import type { Budget, BucketSpec, Priority } from './budget.js';
import type { CardValues, Facet, FacetValue, StatusCause } from './facets.js';
import type { FloorKeeper } from './floors.js';
import type { HintReader, HintSource } from './hints.js';
import type { ProductSnapshot } from './product-snapshot.js';
import type { RuleChoices, StockPlaces } from './rule-choices.js';

export interface LocalText {
  readonly ru: string;
  readonly en: string;
  readonly zh: string;
}

/** One field of the form by which a person connects an account. Secret values are encrypted at rest and never shown. */
export interface CredentialField {
  readonly key: string;
  readonly title: LocalText;
  readonly secret: boolean;
  readonly required: boolean;
}

/** A bulk read that a sweep walks, with the facets it answers and how often it is due (account clock). */
export interface SweepLane {
  readonly id: string;
  readonly facets: readonly Facet[];
  readonly everyMs: number;
  /** Shows only what changed of late, between walks over everything: what it does not show may be there all the same. */
  readonly partial?: true;
}

/** A call that changes cards. The engine picks the cheapest set of operations whose `writes` cover what must change. */
export interface WriteOperation {
  readonly id: string;
  /** Facets this call can set. */
  readonly writes: readonly Facet[];
  /** Its write set: every facet the body replaces. What may not change is carried with the live value read just before. */
  readonly replaces: readonly Facet[];
  /** Facets of which it sets what it names and cannot take anything away: to remove a value another call is chosen. */
  readonly onlyAdds?: readonly Facet[];
  /** Facets it sets of which the parts that are not ours stay as they are: the live value is read also when the facet is set. */
  readonly keeps?: readonly Facet[];
  /** Causes of a status that it ends although they guard the seller: sent only at a person's word. */
  readonly lifts?: readonly StatusCause[];
  /** Can make a card that does not exist yet. */
  readonly creates: boolean;
  /** Facets it sets only in part: they are sent along when it creates, and stay waiting for the call that completes them. */
  readonly partly?: readonly Facet[];
  /** Only when presence is this (for example: unarchive needs an archived card). */
  readonly when?: 'archived' | 'absent' | 'listed';
  readonly batch: number;
  /** `item`: a request of n items spends n, so what is left bounds the batch; `request`: each item goes in a request of its own, at the pace of the bucket. */
  readonly costs: readonly { readonly bucket: string; readonly per: 'call' | 'item' | 'request'; readonly of: 'create' | 'update' | 'any' }[];
  /** How long after the answer the change may take to show (account clock) before it counts as failed. */
  readonly settleMs: number;
  /** How long its task takes as a rule, where the channel says so (account clock); what is met with corrects it. */
  readonly usualMs?: number;
  /** At most `times` for one card in `perMs` (account clock). */
  readonly perCard?: { readonly times: number; readonly perMs: number };
  /** The channel re-moderates a card touched by this call. */
  readonly moderates: boolean;
  /** Answers at once: no task to follow. */
  readonly immediate: boolean;
  /** The body holds live parts of the card that no facet speaks of, always or when it sets one of these facets: the card is read just before. */
  readonly needsDocument?: true | readonly Facet[];
  /** Facets read just before, where other ones than presence and what it replaces; with none only the document of the card is. A card that may not be there yet is read whole. */
  readonly reads?: readonly Facet[];
}

export interface ChannelDescriptor {
  readonly id: string;
  readonly title: LocalText;
  readonly credentials: readonly CredentialField[];
  readonly facets: readonly Facet[];
  readonly lanes: readonly SweepLane[];
  readonly operations: readonly WriteOperation[];
  readonly buckets: readonly BucketSpec[];
  /** Raised whenever projection or normalisation changes: stored documents are then projected anew, never called drift. */
  readonly projection: number;
  /** API and CDN hosts: the only exceptions to the guard against private addresses (sandboxes give theirs by setting). */
  readonly hosts: readonly string[];
  /** Each account has references of its own (a site its categories), not one set for the whole channel. */
  readonly ownReferences?: true;
}

/** Which master category and attribute is which on the channel, and the seller's own choices. */
export interface AccountRules {
  readonly categories: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly currency: string;
  /** Master warehouse → warehouse of the channel. Without any row a channel that knows warehouses publishes all stock to its first working one. */
  readonly warehouses?: Readonly<Record<string, string>>;
}

/** Reference data by key, as fetched and cached ("attributes:17028922:91565"). undefined: not there yet. */
export type References = (key: string) => unknown;

export interface Rendered {
  readonly values: CardValues;
  readonly diagnostics: readonly Diagnostic[];
}

/** Answers whether a picture behind a channel's URL is the master's picture: undefined while the URL has not been looked at. */
export interface PictureJudge {
  same(url: string, digest: string): boolean | undefined;
}

export type Echo = 'yes' | 'no' | 'unverified';

/** What is known of one card on the channel. `ids` are the channel's further ids (storefront sku…), all as text; `offer` tells listings apart that share an external id. */
export interface ObservedCard {
  readonly key: string;
  /** Other keys by which a listing may know this card: where there is one, it is that listing's. From bulk reads only; `peek` answers by the keys it was asked. */
  readonly also?: readonly string[];
  readonly externalId: string;
  readonly ids: Readonly<Record<string, string>>;
  /**
   * In bulk reads, where `values` are dear to build: the fields of the raw answer that `ids` and `values` are made of, as one
   * text in a fixed order. Duty: cards that differ in either never share it. Absent: the text of `values` itself serves.
   */
  readonly print?: string;
  /** May be built at first use, and throw `BrokenContract` then. */
  readonly values: CardValues;
  /** The card in the channel's own words, from `peek` only, for calls that replace what no facet speaks of. Never compared or stored. */
  readonly document?: unknown;
}

/** One page of a bulk read. `startedAt` is wall time (ms) when the request started; `cursor` resumes after this page. */
export interface ObservationPage {
  /** The name of the read. */
  readonly source: string;
  readonly startedAt: number;
  /** Each card once, all with the same facets. A card that moved while it was read may come again on a later page. */
  readonly cards: readonly ObservedCard[];
  readonly cursor: string;
}

export interface Run {
  readonly signal: AbortSignal;
  readonly priority: Priority;
}

/** What one call shall do to one card. `values` is what must become true; `carry` is the live rest of the write set. */
export interface PushItem {
  readonly key: string;
  readonly externalId?: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly values: CardValues;
  readonly carry: CardValues;
  /** Ids of attributes that the call must not leave on the card; neither `values` nor `carry` has them. */
  readonly dropAttributes?: readonly string[];
  /** The live card in the channel's own words, read just before: unknown parts of it go back as they are. */
  readonly document?: unknown;
  /** Public picture URLs standing in for `values.media` (fresh ones: channels skip URLs they know). */
  readonly mediaUrls?: readonly string[];
  /** Facts a body needs that are not compared (VAT, brand, model…). */
  readonly product?: ProductSnapshot;
  /** What the listings want that may share this card: those of its model, and those under its external id. Only where the module has `keyOf`. */
  readonly siblings?: readonly Sibling[];
}

export interface ListedVariant {
  readonly product: ProductSnapshot;
  readonly key: string;
}

/** Another listing and the newest rendering of its product; `refused` are paths of it that do not go as they are. */
export interface Sibling {
  readonly key: string;
  readonly values: CardValues;
  readonly refused?: readonly string[];
}

/** A composed call for one card: exactly what will be sent for it, stored before it is sent. */
export interface PushCall {
  readonly item: PushItem;
  readonly body: unknown;
}

export type PushOutcome =
  /** `refusals`: the values of it that were left out, because the card cannot have them as well. */
  | { readonly kind: 'accepted'; readonly receipt?: string; readonly answer?: unknown; readonly refusals?: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[]; readonly answer?: unknown }
  | { readonly kind: 'unsure'; readonly why: string }
  /** It did not leave, and may go from `until` on (account clock, ms). `why` is a reason that a person is shown. */
  | { readonly kind: 'not-sent'; readonly why: string; readonly until: number };

export interface Receipt {
  readonly key: string;
  readonly operation: string;
  readonly receipt: string;
}

/** `done` is the task's end, not the proof: that is an observation. `lost`: the channel no longer knows the task. */
export type Confirmation =
  | { readonly kind: 'running' }
  /** `refusals`: the values of it that the channel erased, cut or declined; other diagnostics are only told. */
  | { readonly kind: 'done'; readonly diagnostics: readonly Diagnostic[]; readonly refusals: readonly Diagnostic[]; readonly answer?: unknown }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[]; readonly answer?: unknown }
  | { readonly kind: 'lost'; readonly why: string };

export interface HealthReport {
  readonly ok: boolean;
  /** When the key expires, account clock ms. */
  readonly expiresAt?: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Daily quotas the channel told: how many cards may be planned a day, the reserve for repairs aside; -1 is unlimited. */
  readonly quotas?: readonly { readonly bucket: string; readonly of: 'create' | 'update'; readonly perDay: number }[];
}

/**
 * A connected account. Duties of every method: repeatable, honours `run.signal`, spends the budget before each request,
 * throws only errors of the kernel's recovery family, never lets a secret into a message.
 */
export interface Channel {
  /** Streams the whole account for the facets of a lane; never writes; `resume` is the cursor of the last page kept. */
  sweep(lane: string, resume: string | undefined, run: Run): AsyncIterable<ObservationPage>;
  /** Reads these cards now. A key missing from the answer is unknown unless listed in `absent`. */
  peek(
    keys: readonly string[],
    facets: readonly Facet[],
    run: Run,
  ): Promise<{ readonly startedAt: number; readonly cards: readonly ObservedCard[]; readonly absent: readonly string[] }>;
  /** Sends one batch of one operation; outcomes in the order of `calls`. `accepted` is never "done". */
  push(operation: string, calls: readonly PushCall[], run: Run): Promise<readonly PushOutcome[]>;
  /** Where the tasks stand; answers in the order of `receipts`. */
  confirm(receipts: readonly Receipt[], run: Run): Promise<readonly Confirmation[]>;
  /** Fetches reference data for keys named by `needs`. */
  references(keys: readonly string[], run: Run): Promise<ReadonlyMap<string, unknown>>;
  /** Key, roles, expiry and the channel's own limit figures (which are taught to the budget). */
  health(run: Run): Promise<HealthReport>;
  /** There when the module has `hints`. */
  readonly hints?: HintSource;
  /** Absent: a floor holds until the price changes, or there is none. */
  readonly floors?: FloorKeeper;
}

/** What the engine gives a channel. `http` already carries the address guard, byte and time limits. */
export interface ChannelPorts {
  readonly http: HttpPort;
  readonly budget: Budget;
  readonly clock: Clock;
  onBrokenContract(error: BrokenContract): void;
}

/** Minimal HTTP: JSON in, JSON out, integers beyond 2^53 as text. Rejects with RetryLater (unsure when a write may have landed) on network trouble. */
export interface HttpPort {
  request(call: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly signal: AbortSignal;
    /** A request that may change something: a lost answer is `unsure`. */
    readonly writes: boolean;
    /** The JSON may stand among other text (messages of a site's own software): it is looked for. */
    readonly amongText?: true;
  }): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown }>;
}

/** What one channel folder exports. Everything but `connect` is pure. */
export interface ChannelModule {
  readonly descriptor: ChannelDescriptor;
  /** Reference keys that `render` will ask for; may grow as `references` fill. */
  needs(product: ProductSnapshot, rules: AccountRules, references: References): readonly string[];
  /** Master → desired facets, with diagnostics by field path. An error diagnostic holds the card back before anything is sent. */
  render(product: ProductSnapshot, rules: AccountRules, references: References): Rendered;
  /** The canonical form of a document; `normalise(normalise(x)) = normalise(x)`. */
  normalise<F extends Facet>(facet: F, value: FacetValue): FacetValue;
  /** Equal in meaning? Always against what is desired, never against the last expected. */
  isEcho(facet: Facet, desired: FacetValue, observed: FacetValue, pictures: PictureJudge): Echo;
  /** The exact body for one card; `references` for channels that write what they read by another name (units, ids of attributes). */
  compose(operation: string, item: PushItem, references?: References): unknown;
  /**
   * The key of a product's listing where that is not its SKU: on a channel that shows several products as one card. `listed`: variants
   * of its model that are on the channel already, under whatever keys; the product joins the card that has them.
   */
  readonly keyOf?: (product: ProductSnapshot, listed?: readonly ListedVariant[]) => string;
  /** What rows of the account's rules may name. A table without an entry is not chosen from: of warehouses the channel's own order decides then. */
  readonly choices?: Readonly<Partial<Record<'categories' | 'warehouses', RuleChoices>>>;
  /** Where stock can go by these rules. Absent: a rendering speaks of one warehouse whatever they say, and none is ever left. */
  stockPlaces?(rules: AccountRules, references: References): StockPlaces;
  /** Absent: no catalog can be made of this channel's cards. */
  readonly adoption?: Adoption;
  /** Absent: this channel tells of no change by itself. */
  readonly hints?: HintReader;
  /**
   * Whose limits a key spends, as far as the key tells: accounts with the same answer share one budget. undefined: it does not tell.
   * Holds no secret.
   */
  sellerOf?(config: Readonly<Record<string, string>>): string | undefined;
  connect(config: Readonly<Record<string, string>>, ports: ChannelPorts): Channel;
}
