import type { Pool } from 'pg';
import type { AccountRules, ChannelModule, ProductSnapshot, References } from '#channels/contract';
import { type Account, keptReferences, referenceScope } from '#listings';

/** An account's reference data as the hub has fetched it so far; nothing is fetched for it. */
export class KeptReferences {
  private readonly bodies = new Map<string, unknown>();
  private readonly asked = new Set<string>();
  private readonly scope: string;

  constructor(
    private readonly pool: Pool,
    private readonly module: ChannelModule,
    account: Account,
  ) {
    this.scope = referenceScope(account, module);
  }

  readonly get: References = (key) => this.bodies.get(key);

  async load(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.asked.add(key);
    for (const [key, body] of await keptReferences(this.pool, this.scope, keys)) this.bodies.set(key, body);
  }

  /** Loads what rendering these products by any of the rules asks for. What is needed may grow with what is known. */
  async loadFor(products: readonly ProductSnapshot[], rules: readonly AccountRules[]): Promise<void> {
    for (;;) {
      const needed = products.flatMap((product) => rules.flatMap((one) => this.module.needs(product, one, this.get)));
      const missing = [...new Set(needed)].filter((key) => !this.asked.has(key));
      if (missing.length === 0) return;
      await this.load(missing);
    }
  }
}
