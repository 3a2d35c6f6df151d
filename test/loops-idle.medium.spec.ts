import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const CARDS = 30;

describe('an account where nothing changes', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS });
    await world.untilInSync(CARDS);
    await world.rounds(2);
  }, 120_000);
  afterAll(() => world.close());

  /** Rows written since the database began, by table; a fresh session reports at once. */
  async function written(): Promise<Map<string, number>> {
    await world.pool.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await world.pool.query<{ relname: string; n: number }>(
      `SELECT relname, (n_tup_ins + n_tup_upd + n_tup_del)::integer AS n FROM pg_stat_all_tables WHERE schemaname = 'public' AND relname NOT LIKE 'sweep\\_%'`,
    );
    return new Map(rows.map((row) => [row.relname, row.n]));
  }

  it('costs no written row but those of the walk itself', async () => {
    const before = await settled();
    await world.rounds(3);
    const after = await settled();
    expect([...after].filter(([table, n]) => n !== before.get(table))).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  /** Sessions report their counts when they fall idle, so the figures are asked for until two answers agree. */
  async function settled(): Promise<Map<string, number>> {
    for (let last = await written(); ;) {
      await Promise.all(Array.from({ length: 10 }, () => world.pool.query('SELECT pg_stat_force_next_flush()')));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const next = await written();
      if (JSON.stringify([...next].sort()) === JSON.stringify([...last].sort())) return next;
      last = next;
    }
  }
});
