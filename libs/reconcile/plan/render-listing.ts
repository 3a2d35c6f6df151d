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
  /** The product is archived and has no card: nothing is to be done. */
  readonly cardless?: boolean;
}

/** Renders one product by the channel's rules. A product that breaks the renderer is held back alone, with the reason shown. */
export function renderListing(ctx: AccountContext, listing: ListingToPlan, snapshot: ProductSnapshot): RenderedListing {
  try {
    const { values, diagnostics } = ctx.module.render(snapshot, ctx.account.rules, ctx.references.get);
    const presence = snapshot.archived ? 'archived' : 'listed';
    return { listing, snapshot, values: { ...withoutGaps(values, snapshot), presence }, diagnostics };
  } catch (error) {
    ctx.log.error({ sku: snapshot.sku, error: errorText(error) }, 'a product could not be rendered');
    const diagnostic: Diagnostic = { severity: 'error', path: '', code: 'render-failed', params: { message: errorText(error).slice(0, 300) } };
    return { listing, snapshot, values: {}, diagnostics: [diagnostic] };
  }
}

/**
 * What the catalog leaves empty it does not speak of: a list of goods from another program has no texts and no pictures, and must not
 * take them off the cards.
 */
function withoutGaps(values: CardValues, { description, media }: ProductSnapshot): CardValues {
  const { description: text, media: pictures, ...rest } = values;
  return {
    ...rest,
    ...(text === undefined || description.trim() === '' ? {} : { description: text }),
    ...(pictures === undefined || media.length === 0 ? {} : { media: pictures }),
  };
}
