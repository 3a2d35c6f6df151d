import { errorText } from '#platform';
import type { Diagnostic } from '#kernel';
import type { CardValues, ProductSnapshot } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import type { ListingToPlan } from './listings-to-plan.js';

export interface RenderedListing {
  readonly listing: ListingToPlan;
  readonly snapshot: ProductSnapshot;
  readonly values: CardValues;
  readonly diagnostics: readonly Diagnostic[];
}

/** Renders one product by the channel's rules. A product that breaks the renderer is held back alone, with the reason shown. */
export function renderListing(ctx: AccountContext, listing: ListingToPlan, snapshot: ProductSnapshot): RenderedListing {
  try {
    const { values, diagnostics } = ctx.module.render(snapshot, ctx.account.rules, ctx.references.get);
    const presence = snapshot.archived ? 'archived' : 'listed';
    return { listing, snapshot, values: { ...values, presence }, diagnostics };
  } catch (error) {
    ctx.log.error({ sku: snapshot.sku, error: errorText(error) }, 'a product could not be rendered');
    const diagnostic: Diagnostic = { severity: 'error', path: '', code: 'render-failed', params: { message: errorText(error).slice(0, 300) } };
    return { listing, snapshot, values: {}, diagnostics: [diagnostic] };
  }
}
