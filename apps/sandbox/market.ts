import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ChannelClock } from './clock.js';
import type { MarketControl } from './control/market-control.js';
import type { Schedule } from './schedule.js';
import type { Store } from './store.js';

/** What the process gives a market: its own tables and schedule, everybody's clock. */
export interface MarketFrame {
  readonly clock: ChannelClock;
  readonly store: Store;
  readonly schedule: Schedule;
  readonly logger: Logger;
  /** Changes with a reset. */
  seed(): string;
  /** Where this process answers ("http://127.0.0.1:4010"); known once it listens. */
  baseUrl(): string;
}

/** A simulated channel. It answers under `/<id>` and whatever else `routes` names; its control surface is made of `control`. */
export interface Market {
  readonly id: string;
  readonly control: MarketControl;
  /** The path under which buyers see a card by its article ("/ozon-shop/"); absent where there is no such page. */
  readonly shop?: string;
  /** Ends when what is fetched right now has arrived: fetching takes real time, which a jump of the clock cannot pass. */
  arrived(): Promise<unknown>;
  routes(app: FastifyInstance): void;
  /** Forgets what it holds in memory: its tables and schedule are empty already. */
  reset(): void;
}

/** What a market's folder exports. */
export interface MarketKind {
  readonly id: string;
  /** Under which name its tables are kept; its id when absent. */
  readonly room?: string;
  /** Tables it needs beside those every market has. */
  readonly tables?: readonly string[];
  open(frame: MarketFrame): Market;
}
