import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { CardName } from '#channels/contract';
import { type NamedCard, noteHints } from '#reconcile';
import { POOL } from '../parts/tokens.js';

/**
 * Word of changed cards on its way into the database. What arrives while one statement runs goes together with the next one, each card
 * once: ten thousand deliveries of one card are a handful of statements and one row.
 */
@Injectable()
export class HintIntake {
  #waiting = new Map<string, NamedCard>();
  #next: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** Resolves when the word is written down: it then outlives this process. */
  note(accountId: string, cards: readonly CardName[]): Promise<void> {
    const at = Date.now();
    for (const card of cards) this.#waiting.set(JSON.stringify([accountId, card]), { accountId, card, at });
    this.#next ??= this.#running.catch(() => undefined).then(() => (this.#running = this.#write()));
    return this.#next;
  }

  #write(): Promise<void> {
    const named = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#next = undefined;
    return noteHints(this.pool, named);
  }
}
