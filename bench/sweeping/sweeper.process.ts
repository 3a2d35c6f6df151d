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

/** What an earlier variant left behind is not this one's to clear. */
function clean(): void {
  globalThis.gc?.();
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
      clean();
      return timeWire((await opened()).order.pageUrl);
    },
    parse: async () => {
      clean();
      return timeParse((await opened()).order.pageUrl);
    },
    reference: async () => {
      const { order: given, account: own } = await opened();
      clean();
      return referenceSweep(own.context.pool, given.pageUrl);
    },
    /** Both lanes together, as the account's loops run them. */
    sweep: async () => {
      const { context } = (await opened()).account;
      clean();
      const from = performance.now();
      await Promise.all(context.module.descriptor.lanes.map((lane) => sweepAccount(context, lane, true)));
      return (performance.now() - from) / 1000;
    },
    peak: () => peakMemory(process.pid),
  },
  async () => account?.close(),
);
