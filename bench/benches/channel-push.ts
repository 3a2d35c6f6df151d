import { COUNTED_CHANNELS, type CountedChannel } from '../counting/counted-channels.js';
import { CountedMarket, toldCame } from '../counting/counted-market.js';
import { writeAnew } from '../counting/goods-written-anew.js';
import { requestsOf, toldLeast } from '../counting/least.js';
import { PushAccount } from '../counting/push-account.js';
import { openPushGround, type PushGround } from '../counting/push-ground.js';
import type { Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';

const GOAL = 1.1;
const CARDS = 200;

/**
 * Requests by which the loops write everything of each card anew, as the simulated market counts them, for a thousand cards, against the least that the
 * channel's API allows. One round: the market's clock moves only when nothing is under way. Afterwards every card is looked at: all must be right.
 */
export async function benchPush(tell: Tell): Promise<readonly Outcome[]> {
  tell(`drawing ${CARDS} goods`);
  const ground = await openPushGround(CARDS);
  try {
    const outcomes: Outcome[] = [];
    for (const [place, channel] of COUNTED_CHANNELS.entries()) outcomes.push(await pushChannel(channel, ground, place + 1, tell));
    return outcomes;
  } finally {
    await ground.close();
  }
}

async function pushChannel(channel: CountedChannel, ground: PushGround, turn: number, tell: Tell): Promise<Outcome> {
  const { id } = channel.module.descriptor;
  const market = await CountedMarket.start(id);
  try {
    const account = await PushAccount.open(channel.module, market, ground);
    try {
      tell(`${id}: making ${CARDS} cards`);
      await account.inSync();
      const came = await account.push(() => writeAnew(ground.products, ground.goods, turn));
      tell(`${id}: pushed by ${toldCame(came)}`);
      await account.inSync();
      const least = channel.leastPush(CARDS);
      tell(`${id}: the least is ${requestsOf(least)} = ${toldLeast(least)}`);
      const asked = [...came.values()].reduce((sum, n) => sum + n, 0);
      return outcome({
        name: `requests-push:${id}`,
        value: (asked * 1000) / CARDS,
        floor: (requestsOf(least) * 1000) / CARDS,
        goal: GOAL,
        unit: 'requests/1000 cards',
      });
    } finally {
      await account.close();
    }
  } finally {
    await market.stop();
  }
}
