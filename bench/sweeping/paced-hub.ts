import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '#platform';
import { type RunningHub, startHub } from '../measure/program.js';
import type { SeededAccount, Stage } from './stage.js';

/** Channel time at which sweeps follow each other without a pause and no rate limit is felt, and at which none falls due. */
const FULL_SPEED = 100;
const STANDING_STILL = 0.001;
const LONGEST_WAIT_MS = 300_000;
/** List, info, stock and content. */
const ANSWERS_A_PAGE = 4;

/** A hub that has one account of a stage to look after, whose sweeps run at full speed or not at all. */
export class PacedHub {
  private constructor(
    readonly hub: RunningHub,
    private readonly account: SeededAccount,
    private readonly pool: ReturnType<typeof createPool>,
  ) {}

  static async start(stage: Stage, account: SeededAccount): Promise<PacedHub> {
    const dataDir = join(stage.database.folder, 'hub');
    mkdirSync(dataDir, { recursive: true });
    const pool = createPool(stage.database.url, { max: 2, applicationName: 'etalon-bench' });
    try {
      await stage.keepOnly(account, pool);
      const settings = { ETALON_DEMO: 'off', DATABASE_URL: stage.database.url, ETALON_SECRET_KEY: stage.secretKey, ETALON_ADMIN_PASSWORD: 'bench-only-2026' };
      return new PacedHub(await startHub(dataDir, settings), account, pool);
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  /** Runs `work` while sweeps follow each other. Throws when not a single page was read meanwhile. */
  async whileSweeping<T>(work: () => Promise<T>): Promise<T> {
    await this.account.pages.pace(FULL_SPEED);
    await this.until((running) => running > 0);
    const before = await this.account.pages.served();
    const result = await work();
    if ((await this.account.pages.served()) === before) throw new Error('The hub read no page: there was no sweep to measure under.');
    return result;
  }

  /** Runs `work` once the last sweep is over and no other falls due. */
  async whileIdle<T>(work: () => Promise<T>): Promise<T> {
    await this.account.pages.pace(1);
    await this.until((running) => running === 0);
    await this.account.pages.pace(STANDING_STILL);
    return work();
  }

  /** Waits until every card was read this many times. */
  async swept(times: number): Promise<void> {
    const answers = ANSWERS_A_PAGE * this.account.pages.count * times;
    const from = await this.account.pages.served();
    const deadline = Date.now() + times * LONGEST_WAIT_MS;
    while ((await this.account.pages.served()) - from < answers) {
      if (Date.now() > deadline) throw new Error('The hub does not get through its sweeps.');
      await pause(200);
    }
  }

  async stop(): Promise<void> {
    await this.hub.program.stop();
    await this.pool.end();
  }

  private async until(wanted: (running: number) => boolean): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      const { rows } = await this.pool.query<{ running: number }>("SELECT count(*)::integer AS running FROM sweep_run WHERE account_id = $1 AND state = 'running'", [
        this.account.id,
      ]);
      if (wanted(rows[0]?.running ?? 0)) return;
      if (Date.now() > deadline) throw new Error('The sweeps of the hub neither begin nor end.');
      await pause(50);
    }
  }
}
