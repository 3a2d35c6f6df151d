import { Inject, Injectable } from '@nestjs/common';
import type { Delivery, Hint } from '#channels/contract';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { openHookSecret } from './hook-address.js';

/** An account that expects deliveries. */
export interface Hook {
  read(delivery: Delivery): Hint;
}

interface StoredHook {
  readonly account_id: string;
  readonly channel: string;
  readonly secret: string;
}

/** What is known is believed this long; what is not known is looked up again sooner, for it may just have been made. */
const KNOWN_MS = 10_000;
const UNKNOWN_MS = 1_000;
const DOUBT_MS = 60_000;

/** The accounts that expect deliveries, read together: a flood at any address costs the database no more than a trickle. */
@Injectable()
export class HookDirectory {
  #hooks: ReadonlyMap<string, Hook> = new Map();
  #readAt = -Infinity;
  #reading: Promise<void> | undefined;
  readonly #doubtedAt = new Map<string, number>();

  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  async find(accountId: string): Promise<Hook | undefined> {
    const age = performance.now() - this.#readAt;
    if (age > (this.#hooks.has(accountId) ? KNOWN_MS : UNKNOWN_MS)) {
      this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
      await this.#reading;
    }
    return this.#hooks.get(accountId);
  }

  /** Deliveries that nobody proves may mean that the channel has another secret: it is told ours again at the next check. */
  async doubt(accountId: string): Promise<void> {
    const now = performance.now();
    if (now - (this.#doubtedAt.get(accountId) ?? -Infinity) < DOUBT_MS) return;
    this.#doubtedAt.set(accountId, now);
    await this.parts.pool.query(`UPDATE channel_hook SET state = 'wanted' WHERE account_id = $1 AND state = 'kept'`, [accountId]);
  }

  async #read(): Promise<void> {
    const { pool, channels, vault } = this.parts;
    const { rows } = await pool.query<StoredHook>('SELECT h.account_id, a.channel, h.secret FROM channel_hook h JOIN channel_account a ON a.id = h.account_id');
    this.#hooks = new Map(
      rows.flatMap(({ account_id: id, channel, secret: sealed }) => {
        const reader = channels.all().find((module) => module.descriptor.id === channel)?.hints;
        const secret = reader && openHookSecret(vault, id, sealed);
        return reader === undefined || secret === undefined ? [] : [[id, { read: (delivery: Delivery) => reader.read(delivery, secret) }] as const];
      }),
    );
    this.#readAt = performance.now();
  }
}
