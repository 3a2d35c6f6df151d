import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '#platform';
import { editSteadily, type Revisions } from '../measure/edit-load.js';
import { startHub } from '../measure/program.js';
import { interleaved, median, medianRatio, quantile, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import { offerId } from '../pages/card-bodies.js';
import type { SeededAccount, Stage } from '../sweeping/stage.js';

const GOAL = 5;
const LIMIT_MS = 50;
const PER_SECOND = 100;
const SECONDS = 6;
const EDITED = 600;

/** p99 of an edit over HTTP, a hundred a second, while the hub's own thread sweeps without a pause, against the same while it only waits. */
export async function benchEditUnderSweep(stage: Stage, options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const account = await stage.account(options.cards);
  const dataDir = join(stage.database.folder, 'hub');
  mkdirSync(dataDir, { recursive: true });
  const pool = createPool(stage.database.url, { max: 2, applicationName: 'etalon-bench' });
  await stage.keepOnly(account, pool);
  const hub = await startHub(dataDir, { ETALON_DEMO: 'off', DATABASE_URL: stage.database.url, ETALON_SECRET_KEY: stage.secretKey, ETALON_ADMIN_PASSWORD: 'bench-only-2026' });
  const revisions: Revisions = new Map();
  const skus = Array.from({ length: Math.min(EDITED, options.cards) }, (_, place) => offerId(place));
  const p99 = async () => quantile(await editSteadily({ url: hub.url, token: hub.token, skus, perSecond: PER_SECOND, seconds: SECONDS }, revisions), 0.99);
  try {
    tell('warming up');
    await whileSweeping(pool, account, p99);
    const figures = await interleaved(options.rounds, {
      idle: () => whileIdle(pool, account, p99),
      sweeping: () => whileSweeping(pool, account, p99),
    });
    const show = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ');
    tell(`p99 in ms by round: idle ${show(figures.idle)} | sweeping ${show(figures.sweeping)}`);
    const value = median(figures.sweeping);
    return outcome({
      name: 'edit-under-sweep',
      value,
      floor: median(figures.idle),
      ratio: medianRatio(figures.sweeping, figures.idle),
      goal: GOAL,
      unit: 'ms',
      also: value <= LIMIT_MS,
    });
  } finally {
    await hub.program.stop();
    await pool.end();
  }
}

type Pool = ReturnType<typeof createPool>;

/** Channel time at which sweeps follow each other without a pause and no rate limit is felt, and at which none falls due. */
const FULL_SPEED = 100;
const STANDING_STILL = 0.001;
const LONGEST_WAIT_MS = 300_000;

/** Runs `work` while sweeps follow each other. Throws when not a single page was read meanwhile. */
async function whileSweeping<T>(pool: Pool, account: SeededAccount, work: () => Promise<T>): Promise<T> {
  await account.pages.pace(FULL_SPEED);
  await until(pool, account, (running) => running > 0);
  const before = await account.pages.served();
  const result = await work();
  if ((await account.pages.served()) === before) throw new Error('The hub read no page: there was no sweep to measure under.');
  return result;
}

/** Runs `work` once the last sweep is over and no other falls due. */
async function whileIdle<T>(pool: Pool, account: SeededAccount, work: () => Promise<T>): Promise<T> {
  await account.pages.pace(1);
  await until(pool, account, (running) => running === 0);
  await account.pages.pace(STANDING_STILL);
  return work();
}

async function until(pool: Pool, account: SeededAccount, wanted: (running: number) => boolean): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const { rows } = await pool.query<{ running: number }>("SELECT count(*)::integer AS running FROM sweep_run WHERE account_id = $1 AND state = 'running'", [account.id]);
    if (wanted(rows[0]?.running ?? 0)) return;
    if (Date.now() > deadline) throw new Error('The sweeps of the hub neither begin nor end.');
    await pause(50);
  }
}
