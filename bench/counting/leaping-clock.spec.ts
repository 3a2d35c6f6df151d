import { describe, expect, it } from '@jest/globals';
import { LeapingClock } from './leaping-clock.js';

function clockOf(world: { busy?: () => boolean; goTo?: (moment: number) => Promise<void> } = {}) {
  const moments: number[] = [];
  const goTo = world.goTo ?? (async (moment: number) => void moments.push(moment));
  return { clock: new LeapingClock(1000, { busy: world.busy ?? (() => false), goTo }), moments };
}

describe('time that leaps', () => {
  it('moves the world from one wanted moment to the next, and counts waits beside each other once', async () => {
    const { clock, moments } = clockOf();
    const woken: string[] = [];
    const wait = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    await Promise.all([wait('long', 600), wait('short', 200).then(() => wait('again', 100))]);
    expect(woken).toEqual(['short at 1200', 'again at 1300', 'long at 1600']);
    expect(moments).toEqual([1200, 1300, 1600]);
  });

  it('stands while anything is under way', async () => {
    let busy = true;
    const { clock, moments } = clockOf({ busy: () => busy });
    const slept = clock.sleep(500);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([clock.now(), moments]).toEqual([1000, []]);
    busy = false;
    await slept;
    expect(clock.now()).toBe(1500);
  });

  it('forgets who no longer waits', async () => {
    const { clock, moments } = clockOf();
    const end = new AbortController();
    const given = clock.sleep(100, end.signal);
    end.abort(new Error('over'));
    await expect(given).rejects.toThrow('over');
    await clock.sleep(300);
    expect(moments).toEqual([1300]);
    await expect(clock.sleep(1, end.signal)).rejects.toThrow('over');
  });

  it('tells everybody who waits that the world cannot be moved', async () => {
    const { clock } = clockOf({ goTo: () => Promise.reject(new Error('no world')) });
    const waits = await Promise.allSettled([clock.sleep(1), clock.sleep(2)]);
    expect(waits.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
