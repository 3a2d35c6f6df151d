import type { AccountContext } from './account-context.js';

/**
 * After a start: what this account sent within each rate's window is taken from the record of intents, so that a process that was
 * killed and its successor together stay within the limits. Rates without a trace in the record start spent.
 */
export async function restoreBudget(ctx: Pick<AccountContext, 'pool' | 'account' | 'module' | 'budget' | 'clock'>): Promise<void> {
  const { buckets, operations } = ctx.module.descriptor;
  const now = ctx.clock.now();
  for (const bucket of buckets) {
    if (bucket.kind !== 'rate') continue;
    const costs = operations.flatMap((operation) => operation.costs.filter((cost) => cost.bucket === bucket.name).map((cost) => ({ id: operation.id, per: cost.per })));
    if (costs.length === 0 || bucket.perMs <= 1_000) {
      ctx.budget.spent(bucket.name, bucket.limit, now);
      continue;
    }
    const { rows } = await ctx.pool.query<{ at: Date; operation: string; items: number }>(
      `SELECT sent_at AS at, operation, count(*)::integer AS items FROM push_intent
       WHERE account_id = $1 AND operation = ANY($2) AND sent_at > $3 AND sent_at <= $4 GROUP BY 1, 2 ORDER BY 1`,
      [ctx.account.id, costs.map((cost) => cost.id), new Date(now - bucket.perMs), new Date(now)],
    );
    for (const row of rows) {
      const perCall = costs.some((cost) => cost.id === row.operation && cost.per === 'call');
      ctx.budget.spent(bucket.name, perCall ? 1 : row.items, row.at.getTime());
    }
  }
}
