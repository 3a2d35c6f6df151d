import { createPool } from '#platform';
import { median, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import type { Stage } from '../sweeping/stage.js';

const GOAL = 1;
/** Bytes a card that an unchanged account may write; a judgement, so it is the floor by itself. */
const FLOOR = 5;

/** Bytes of write-ahead log per card of a sweep in which nothing changed, with nothing else at work in the database. */
export async function benchSweepWal(stage: Stage, options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const account = await stage.account(options.cards);
  const pool = createPool(stage.database.url, { max: 1, applicationName: 'etalon-bench' });
  try {
    return await stage.withSweeper(account, async (sweeper) => {
      // The first sweep may still find what an earlier bench changed.
      await sweeper.ask('sweep');
      const bytes: number[] = [];
      for (let round = 0; round < options.rounds; round++) {
        // A page touched for the first time after a checkpoint is logged whole.
        await pool.query('VACUUM');
        await pool.query('CHECKPOINT');
        const from = await position(pool);
        await sweeper.ask('sweep');
        bytes.push((await position(pool)) - from);
      }
      tell(`bytes by round: ${bytes.join(' ')} for ${account.cards} cards`);
      return outcome({ name: 'sweep-wal', value: median(bytes) / account.cards, floor: FLOOR, goal: GOAL, unit: 'bytes/card' });
    });
  } finally {
    await pool.end();
  }
}

type Pool = ReturnType<typeof createPool>;

async function position(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes");
  return Number(rows[0]?.bytes);
}
