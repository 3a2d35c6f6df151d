import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { errorText, type Logger } from '#platform';
import type { Pool } from 'pg';
import { LOGGER, POOL } from '../parts/tokens.js';

/** A flood of deliveries is one row written this often. */
const WRITE_EVERY_MS = 2_000;

interface Heard {
  /** Wall ms. */
  deliveredAt: number | undefined;
  forgedAt: number | undefined;
  forged: number;
}

/** When an account's channel was last heard, and how many deliveries were not signed by it. What a process that dies had not written yet is lost. */
@Injectable()
export class DeliveryLog implements OnModuleDestroy {
  #heard = new Map<string, Heard>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  note(accountId: string, proven: boolean): void {
    const heard = this.#heard.get(accountId) ?? { deliveredAt: undefined, forgedAt: undefined, forged: 0 };
    if (proven) heard.deliveredAt = Date.now();
    else {
      heard.forgedAt = Date.now();
      heard.forged += 1;
    }
    this.#heard.set(accountId, heard);
    this.#timer ??= setTimeout(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  /** Writes down what was heard until now. */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#flush()));
  }

  onModuleDestroy(): Promise<void> {
    return this.write();
  }

  async #flush(): Promise<void> {
    const rows = [...this.#heard].map(([account, { deliveredAt, forgedAt, forged }]) => ({ account, delivered: timeOf(deliveredAt), forged_at: timeOf(forgedAt), forged }));
    if (rows.length === 0) return;
    this.#heard = new Map();
    await this.pool
      .query(
        `UPDATE channel_hook h SET delivered_at = greatest(h.delivered_at, n.delivered), forged_at = greatest(h.forged_at, n.forged_at), forged = h.forged + n.forged
         FROM jsonb_to_recordset($1::jsonb) AS n(account bigint, delivered timestamptz, forged_at timestamptz, forged bigint) WHERE h.account_id = n.account`,
        [JSON.stringify(rows)],
      )
      .catch((error: unknown) => this.logger.warn({ reason: errorText(error) }, 'what was heard of channels could not be written down'));
  }
}

const timeOf = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
