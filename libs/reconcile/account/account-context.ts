import type { Pool } from 'pg';
import type { Clock } from '#kernel';
import type { Channel, ChannelModule, HintAddress } from '#channels/contract';
import type { Account, ReferenceCache } from '#listings';
import type { AccountBudget } from './account-budget.js';
import type { PassKillPoint } from './kill-points.js';

/** Reads a picture behind a channel's URL and keeps its bytes under their sha-256 digest, for evidence; throws RetryLater when it may work later, anything else when it never will. */
export type FetchPicture = (url: string, signal: AbortSignal) => Promise<{ readonly bytes: Buffer; readonly digest: string }>;

export interface LaneLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Protections that the soak run may switch off to prove that its checks bite. */
export const SABOTAGES = ['fence', 'readback', 'evidence', 'budget', 'stale-page', 'echo'] as const;
export type SabotageName = (typeof SABOTAGES)[number];

/** Deliberate faults of our own. Empty in production. */
export type Sabotage = ReadonlySet<SabotageName>;

/** What the loops of one account share while this process owns it. */
export interface AccountContext {
  readonly pool: Pool;
  readonly account: Account;
  readonly epoch: number;
  readonly module: ChannelModule;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly budget: AccountBudget;
  readonly references: ReferenceCache;
  readonly log: LaneLog;
  readonly signal: AbortSignal;
  readonly pass: PassKillPoint;
  readonly sabotage: Sabotage;
  readonly fetchPicture: FetchPicture;
  /** A public URL of a master picture that no channel has seen yet; undefined while pictures cannot be reached from outside. */
  freshPictureUrl(digest: string): string | undefined;
  /** Where the channel may deliver word of changes; absent: nowhere, sweeps alone notice. */
  readonly hintAddress?: HintAddress;
}
