import type { Logger } from 'pino';
import { ChannelClock, type ClockState } from './clock.js';
import { InjectionBook } from './gremlins/injections.js';
import { Ledger } from './ledger.js';
import { CabinetOffice } from './ozon/cabinet.js';
import { CardBook } from './ozon/cards.js';
import { FaultBoard } from './ozon/faults.js';
import { Limits } from './ozon/limits.js';
import type { Market } from './ozon/market.js';
import { watchModeration } from './ozon/moderation.js';
import { PictureHouse } from './ozon/pictures.js';
import { TaskOffice } from './ozon/tasks.js';
import { Schedule } from './schedule.js';
import { Stats } from './stats.js';
import { Store } from './store.js';

/** Everything one process holds: state on disk, the marketplace, and what the control surface counts. */
export interface Sandbox {
  market: Market;
  tasks: TaskOffice;
  injections: InjectionBook;
  stats: Stats;
  reset: (seed: string, scale: number) => Promise<void>;
  keepClock: () => void;
  close: () => Promise<void>;
}

export interface SandboxOptions {
  dataDir: string;
  seed: string;
  scale: number;
  logger: Logger;
}

export function openSandbox(options: SandboxOptions): Sandbox {
  const store = new Store(options.dataDir);
  const saved = store.get<ClockState>('meta', 'clock');
  const clock = saved ? new ChannelClock(saved) : ChannelClock.fresh(options.scale);
  let seed = store.get<string>('meta', 'seed') ?? options.seed;
  const keepClock = (): void => {
    store.put('meta', 'clock', clock.state());
    store.put('meta', 'seed', seed);
  };
  keepClock();
  const cabinet = new CabinetOffice(store, clock.now());
  const cards = new CardBook(store);
  const market: Market = {
    seed: () => seed,
    clock,
    store,
    schedule: new Schedule(clock),
    cabinet,
    cards,
    pictures: new PictureHouse(store),
    limits: new Limits(clock, cabinet, store),
    ledger: new Ledger(store),
    faults: new FaultBoard(clock, seed),
    logger: options.logger,
  };
  for (const card of cards.all()) watchModeration(market, card);
  const tasks = new TaskOffice(market);
  const injections = new InjectionBook(market);
  const stats = new Stats();
  return {
    market,
    tasks,
    injections,
    stats,
    keepClock,
    reset: async (newSeed, scale) => {
      await store.clear();
      seed = newSeed;
      market.schedule.clear();
      cards.reset();
      tasks.reset();
      injections.reset();
      market.ledger.reset();
      market.pictures.reset();
      market.limits.reset();
      market.faults.set([], seed);
      stats.reset();
      clock.reset(scale);
      market.limits.reset();
      cabinet.reset(clock.now());
      keepClock();
      await store.flush();
    },
    close: async () => {
      market.schedule.close();
      await store.close();
    },
  };
}
