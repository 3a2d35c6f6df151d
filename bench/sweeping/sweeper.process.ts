import { sweepAccount } from '#reconcile';
import { serveCommands } from '../measure/child.js';
import { peakMemory } from '../measure/peak-memory.js';
import { createReferenceTables, referenceSweep, timeParse, timeWire } from '../reference-sweep.js';
import { type BenchAccount, openBenchAccount } from './bench-account.js';
import { seedAccount } from './seed-account.js';

/* Sweeps in a process of their own, so that neither the page server nor an earlier bench weighs on them. */

export interface SweeperOrder {
  readonly databaseUrl: string;
  readonly accountId: string;
  readonly pageUrl: string;
}

let order: SweeperOrder | undefined;
let account: BenchAccount | undefined;

async function opened(): Promise<{ order: SweeperOrder; account: BenchAccount }> {
  if (!order) throw new Error('The sweeper was not opened.');
  account ??= await openBenchAccount(order.databaseUrl, order.accountId, order.pageUrl);
  return { order, account };
}

export interface Timed {
  readonly seconds: number;
  /** Processor time of this process meanwhile, all threads; says more than the clock on a machine that others use too. */
  readonly cpuSeconds: number;
}

/** Measures `work`, which answers its seconds. What an earlier variant left behind is cleared first: it is not this one's to clear. */
async function timed(work: () => Promise<number>): Promise<Timed> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const seconds = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

serveCommands(
  {
    open: (given: SweeperOrder) => {
      order = given;
    },
    seed: async (cards: number) => {
      const { order: given, account: own } = await opened();
      await seedAccount(own.context.pool, given.accountId, given.pageUrl, cards);
    },
    createReference: async () => createReferenceTables((await opened()).account.context.pool),
    wire: async () => {
      const { order: given } = await opened();
      return timed(() => timeWire(given.pageUrl));
    },
    parse: async () => {
      const { order: given } = await opened();
      return timed(() => timeParse(given.pageUrl));
    },
    reference: async () => {
      const { order: given, account: own } = await opened();
      let differing = 0;
      const figures = await timed(async () => {
        const swept = await referenceSweep(own.context.pool, given.pageUrl);
        differing = swept.differing;
        return swept.seconds;
      });
      return { ...figures, differing };
    },
    /** Both lanes together, as the account's loops run them. */
    sweep: async () => {
      const { context } = (await opened()).account;
      return timed(async () => {
        const from = performance.now();
        await Promise.all(context.module.descriptor.lanes.map((lane) => sweepAccount(context, lane, true)));
        return (performance.now() - from) / 1000;
      });
    },
    peak: () => peakMemory(process.pid),
  },
  async () => account?.close(),
);
