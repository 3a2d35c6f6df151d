import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ChannelClock, type ClockState } from './clock.js';
import type { Market, MarketFrame, MarketKind } from './market.js';
import { Schedule } from './schedule.js';
import { StateFolder } from './store.js';

const PATIENCE_MS = 3_000;

/** A market at work, with what it was given. */
export interface OpenMarket {
  readonly market: Market;
  readonly frame: MarketFrame;
  /** Forgets everything of this market. */
  reset(seed: string): Promise<void>;
}

/** Everything one process holds: one folder, one clock, its markets. */
export interface Sandbox {
  readonly clock: ChannelClock;
  readonly markets: readonly OpenMarket[];
  setClock(change: { scale?: number; jumpMs?: number; set?: number }): Promise<void>;
  /** Runs what is due in every market. */
  advance(): void;
  /** Forgets everything of every market and opens anew. */
  reset(seed: string, scale: number): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly dataDir: string;
  readonly seed: string;
  readonly scale: number;
  readonly logger: Logger;
  /** Where the process answers; asked only when something is served. */
  readonly baseUrl: () => string;
}

export function openSandbox(options: SandboxOptions, kinds: readonly MarketKind[]): Sandbox {
  const folder = new StateFolder(options.dataDir);
  const own = folder.room('frame');
  // Folders made when there was one market keep the clock among its tables.
  const saved = own.get<ClockState>('meta', 'clock') ?? folder.room('').get<ClockState>('meta', 'clock');
  const clock = saved ? new ChannelClock(saved) : ChannelClock.fresh(options.scale);
  const keepClock = (): void => own.put('meta', 'clock', clock.state());
  keepClock();
  const markets = kinds.map((kind) => openMarket(kind, folder, clock, options));
  return {
    clock,
    markets,
    advance: () => markets.forEach(({ frame }) => frame.schedule.advance()),
    setClock: async (change) => {
      await arrived(markets);
      clock.change(change);
      await arrived(markets);
      keepClock();
      await folder.flush();
    },
    reset: async (seed, scale) => {
      clock.reset(scale);
      keepClock();
      for (const market of markets) await market.reset(seed);
    },
    close: async () => {
      for (const { frame } of markets) frame.schedule.close();
      await folder.close();
    },
  };
}

/** A server that never answers must not hold the clock. */
async function arrived(markets: readonly OpenMarket[]): Promise<void> {
  const patience = new AbortController();
  await Promise.race([Promise.all(markets.map(({ market }) => market.arrived())), setTimeout(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
}

function openMarket(kind: MarketKind, folder: StateFolder, clock: ChannelClock, options: SandboxOptions): OpenMarket {
  const store = folder.room(kind.room ?? kind.id, kind.tables);
  let seed = store.get<string>('meta', 'seed') ?? options.seed;
  store.put('meta', 'seed', seed);
  const frame: MarketFrame = { clock, store, schedule: new Schedule(clock), logger: options.logger, seed: () => seed, baseUrl: options.baseUrl };
  const market = kind.open(frame);
  return {
    market,
    frame,
    reset: async (newSeed) => {
      frame.schedule.clear();
      await store.clear();
      seed = newSeed;
      store.put('meta', 'seed', seed);
      market.reset();
      await store.flush();
    },
  };
}
