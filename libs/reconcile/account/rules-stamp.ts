import type { AccountContext } from './account-context.js';

/** Rules and projection in one number: when either moves, every listing is rendered anew from stored documents. */
export function rulesStamp(ctx: Pick<AccountContext, 'account' | 'module'>): number {
  return ctx.account.rulesVersion * 1_000 + ctx.module.descriptor.projection;
}
