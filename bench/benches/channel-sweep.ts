import { COUNTED_CHANNELS, type CountedChannel } from '../counting/counted-channels.js';
import { CountedMarket, toldCame } from '../counting/counted-market.js';
import { requestsOf, secondsOf, toldLeast } from '../counting/least.js';
import { walkAccount, type Walk } from '../counting/walk-account.js';
import type { Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';

const REQUESTS_GOAL = 1.1;
const CYCLE_GOAL = 1.2;

interface Walked extends Walk {
  readonly channel: CountedChannel;
  readonly goods: number;
  readonly cards: number;
}

/** One walk over each channel's account. A second would count the same: the market's clock moves only when nothing is under way. */
export async function walkChannels(tell: Tell): Promise<readonly Walked[]> {
  const walked: Walked[] = [];
  for (const channel of COUNTED_CHANNELS) walked.push(await walkChannel(channel, tell));
  return walked;
}

async function walkChannel(channel: CountedChannel, tell: Tell): Promise<Walked> {
  const { id } = channel.module.descriptor;
  const goods = channel.thousands * 1000;
  const market = await CountedMarket.start(id);
  try {
    const cards = await market.seed(goods);
    if (cards !== channel.cardsOf(goods)) throw new Error(`${id}: ${goods} goods made ${cards} cards, not ${channel.cardsOf(goods)}.`);
    const walk = await walkAccount(channel.module, market, cards);
    tell(`${id}: ${cards} cards walked in ${walk.seconds.toFixed(1)} channel s: ${toldCame(walk.came)}`);
    return { ...walk, channel, goods, cards };
  } finally {
    await market.stop();
  }
}

/** Requests of a walk over all lanes of each channel, as the simulated market counts them, for a thousand cards, against the least that its API allows. */
export function requestsOfSweeps(walked: readonly Walked[], tell: Tell): readonly Outcome[] {
  return walked.map(({ channel, goods, cards, came }) => {
    const { id } = channel.module.descriptor;
    const least = channel.leastSweep(goods);
    tell(`${id}: the least is ${requestsOf(least)} = ${toldLeast(least)}`);
    const asked = [...came.values()].reduce((sum, n) => sum + n, 0);
    const perThousand = 1000 / cards;
    return outcome({
      name: `requests-sweep:${id}`,
      value: asked * perThousand,
      floor: requestsOf(least) * perThousand,
      ratio: asked / requestsOf(least),
      goal: REQUESTS_GOAL,
      unit: 'requests/1000 cards',
    });
  });
}

/** Channel seconds of the same walk under the published limits, against what these limits ask for the least number of requests. */
export function cyclesOfSweeps(walked: readonly Walked[]): readonly Outcome[] {
  return walked.map(({ channel, goods, seconds }) =>
    outcome({
      name: `sweep-cycle:${channel.module.descriptor.id}`,
      value: seconds,
      floor: secondsOf(channel.leastSweep(goods)),
      goal: CYCLE_GOAL,
      unit: 'channel s',
    }),
  );
}
