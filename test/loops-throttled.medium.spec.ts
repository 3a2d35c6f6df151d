import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const CARDS = 30;

interface Stats {
  readonly requests: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
}

describe('how often the marketplace has to say "too many"', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
  }, 120_000);
  afterAll(() => world.close());

  const figures = async () => {
    const stats = await world.control<Stats>('GET', '/stats');
    return { requests: Object.values(stats.requests).reduce((sum, n) => sum + n, 0), refused: stats.answers['429'] ?? 0, by: stats.refused };
  };

  /** Sweeps and edits as fast as the account's budget lets them, until so many more requests were made. */
  async function busy(requests: number): Promise<{ requests: number; refused: number }> {
    const before = await figures();
    for (let round = 0; ; round++) {
      const now = await figures();
      if (now.requests >= before.requests + requests) return { requests: now.requests - before.requests, refused: now.refused - before.refused };
      const sku = (await world.skus())[round % CARDS] ?? '';
      await world.edit(sku, { title: `Правка ${before.requests}-${round} товара ${sku}` });
      await Promise.all([world.lane('plan'), world.lane('sweep', true), world.lane('repair')]);
      // A lane that gave up is wanted again at once: the budget alone has to keep the pace.
      await world.jump(2);
    }
  }

  it('on a calm channel: never, from the first card on', async () => {
    const { requests } = await busy(120);
    expect(requests).toBeGreaterThanOrEqual(120);
    expect((await figures()).by).toEqual({ rate: 0, method: 0, items: 0, circle: 0 });
    expect((await figures()).refused).toBe(0);
  }, 60_000);

  it('in a storm of refusals on order: not once more than ordered, and nothing is lost', async () => {
    await world.faults([
      { match: { key: 'A' }, kind: 'rate_429', probability: 0.1, count: 12 },
      { match: { key: 'A', path: '/v1/product/attributes/update' }, kind: 'items_429', count: 1 },
      { match: { key: 'A', path: '/v4/product/info/attributes' }, kind: 'circle_open', count: 1 },
    ]);
    const { requests, refused } = await busy(200);
    const fired = (await world.faultsFired()).reduce((sum, n) => sum + n, 0);
    expect(fired).toBeGreaterThan(5);
    expect((refused - fired) / requests).toBeLessThanOrEqual(0.01);
    await world.faults([]);
    await world.jump(600);
    await world.untilInSync(CARDS);
    expect(await world.drifts()).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});
