import type { CardValues, Facet } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { rulesStamp } from '../account/rules-stamp.js';
import type { ListingView } from '../observe/listing-view.js';

/** Refused paths worth another try: their own value changed since, or the category, the rules or the projection did. Pure. */
export function liftedRefusals(ctx: Pick<AccountContext, 'account' | 'module'>, listing: ListingView): string[] {
  if (listing.refusedPaths.length === 0) return [];
  const earlier = listing.earlier[0];
  if (listing.plannedRules !== null && listing.plannedRules !== rulesStamp(ctx)) return [...listing.refusedPaths];
  if (earlier === undefined || listing.desired === undefined) return [];
  const { desired } = listing;
  const moved = desired.category !== earlier.category;
  return listing.refusedPaths.filter((path) => (moved && path.startsWith('attributes.')) || valueAt(desired, path) !== valueAt(earlier, path));
}

function valueAt(values: CardValues, path: string): string {
  const [facet = '', ...rest] = path.split('.');
  const whole = values[facet as Facet];
  const part = facet === 'attributes' && rest.length > 0 ? values.attributes?.[rest.join('.')] : whole;
  return JSON.stringify(part) ?? '';
}
