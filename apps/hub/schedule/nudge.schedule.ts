import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { errorText } from '#platform';
import { LANES } from '#reconcile';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';

/** At most this many accounts are woken in one second; more take turns. */
const ACCOUNTS_A_TICK = 50;

/** Wakes the loops of every account once a second. Nothing is decided here: a nudge that is lost or doubled does no harm. */
@Injectable()
export class NudgeSchedule {
  #busy = false;
  #after = '0';

  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.nudgeAll();
    } catch (error) {
      this.parts.logger.warn({ reason: errorText(error) }, 'accounts were not nudged this second');
    } finally {
      this.#busy = false;
    }
  }

  private async nudgeAll(): Promise<void> {
    const { rows } = await this.parts.pool.query<{ id: string }>('SELECT id FROM channel_account WHERE id > $1 ORDER BY id LIMIT $2', [this.#after, ACCOUNTS_A_TICK]);
    this.#after = rows.length === ACCOUNTS_A_TICK ? (rows.at(-1)?.id ?? '0') : '0';
    await Promise.all(rows.flatMap(({ id }) => LANES.map((lane) => this.parts.queues.nudge('lanes', lane, { accountId: id, lane }, `${id}:${lane}`))));
  }
}
