import type { MediaStore, ProductService } from '#catalog';
import type { ChannelRegistry } from '#listings';
import type { AppConfig, Logger, QueueHub, Vault } from '#platform';
import type { Pool } from 'pg';
import type { AccountTimes } from '../accounts/account-times.js';

/** What the account loops tell of themselves: one entry an account this process works for. */
export interface LanesHealth {
  readonly accounts?: readonly {
    readonly accountId: string;
    readonly budget?: readonly { readonly bucket: string; readonly left: number; readonly limit: number }[];
  }[];
}

/** The account loops of this process, in their own thread. */
export interface LanesHandle {
  stop(): Promise<void>;
  health(): LanesHealth | Promise<LanesHealth>;
}

/** How far the making of the demo catalog is. */
export interface DemoProgress {
  readonly state: 'waiting' | 'generating' | 'ready' | 'failed';
  readonly made: number;
  readonly of: number;
  /** The first of `accounts`. */
  readonly account_id: string | null;
  /** One on each channel of the demo; `shop_url` followed by an article is where buyers see the card. */
  readonly accounts: readonly { readonly account_id: string; readonly channel: string; readonly shop_url: string | null }[];
  readonly sandbox_url: string | null;
  readonly reason?: string;
}

export interface DemoHandle {
  progress(): DemoProgress;
  /** Base address of the sandbox while it runs. */
  sandboxUrl(): string | undefined;
}

/** Everything the modules stand on; started before them, stopped after them. */
export interface HubParts {
  readonly config: AppConfig;
  readonly pool: Pool;
  readonly logger: Logger;
  readonly queues: QueueHub;
  readonly vault: Vault;
  readonly channels: ChannelRegistry;
  readonly products: ProductService;
  readonly media: MediaStore;
  readonly times: AccountTimes;
  readonly lanes: () => LanesHandle | undefined;
  readonly demo: () => DemoHandle | undefined;
}
