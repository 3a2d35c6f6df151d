import type { Channel, ChannelModule } from '#channels/contract';
import { PRIORITY } from '#channels/contract';
import { createHttpClient } from '#platform';
import { AccountBudget } from '#reconcile';
import { cameBetween, type CountedMarket } from './counted-market.js';
import { LeapingClock } from './leaping-clock.js';
import { WatchedHttp } from './watched-http.js';

/** The longest of a channel's lanes comes round after this. */
const NEXT_LOOK_MS = 5 * 60_000;

export interface Walk {
  /** Requests by method, as the market counted them. */
  readonly came: ReadonlyMap<string, number>;
  /** Channel seconds from the first request to the last answer. */
  readonly seconds: number;
}

/**
 * Walks all lanes of an account twice, by its own budget and at its channel's limits, as the loops do; answers what the second
 * walk took, when what stays for hours (settings, units, warehouses) is known. Throws when a walk did not show every card.
 */
export async function walkAccount(module: ChannelModule, market: CountedMarket, cards: number): Promise<Walk> {
  const client = createHttpClient({ allowPrivate: [new URL(market.url).host], maxBytes: 64 * 1024 * 1024 });
  const http = new WatchedHttp(client);
  const clock = new LeapingClock(await market.now(), { busy: () => http.busy(), goTo: (moment) => market.goTo(moment) });
  const budget = new AccountBudget(module.descriptor.buckets, clock);
  const onBrokenContract = (error: Error): never => {
    throw error;
  };
  try {
    const channel = module.connect(await market.connection(), { http, budget, clock, onBrokenContract });
    await walkLanes(module, channel, cards);
    await clock.sleep(NEXT_LOOK_MS);
    const before = await market.came();
    const from = clock.now();
    await walkLanes(module, channel, cards);
    return { came: cameBetween(before, await market.came()), seconds: (clock.now() - from) / 1000 };
  } finally {
    client.close();
  }
}

async function walkLanes(module: ChannelModule, channel: Channel, cards: number): Promise<void> {
  const whole = module.descriptor.lanes.filter((lane) => lane.partial !== true);
  await Promise.all(
    whole.map(async ({ id }) => {
      const seen = new Set<string>();
      for await (const page of channel.sweep(id, undefined, { signal: new AbortController().signal, priority: PRIORITY.sweep })) {
        for (const card of page.cards) seen.add(card.key);
      }
      if (seen.size !== cards) throw new Error(`The ${id} lane showed ${seen.size} of ${cards} cards.`);
    }),
  );
}
