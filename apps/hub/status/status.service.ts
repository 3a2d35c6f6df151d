import { Inject, Injectable } from '@nestjs/common';
import { type HubStatus, hubStatus } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import type { DemoProgress, HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';

export type StatusAnswer = HubStatus & { readonly products: number; readonly demo?: DemoProgress };

/** The figures of `status`, everywhere the same. */
@Injectable()
export class StatusService {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  async status(): Promise<StatusAnswer> {
    const [status, products] = await Promise.all([
      hubStatus(this.parts.pool, await this.accounts.subjects()),
      this.parts.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM product WHERE NOT archived'),
    ]);
    const demo = this.parts.demo()?.progress();
    return { ...status, products: products.rows[0]?.n ?? 0, ...(demo === undefined ? {} : { demo }) };
  }
}
