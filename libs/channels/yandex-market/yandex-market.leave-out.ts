import type { Diagnostic } from '#kernel';
import type { PushItem } from '#channels/contract';
import type { Body } from './yandex-market.compose.js';
import type { ParameterValue } from './yandex-market.observe.js';

/** Members of a sent offer, by the path of the complaint that is about them. */
const MEMBERS: Readonly<Record<string, keyof SentOffer>> = {
  title: 'name',
  description: 'description',
  media: 'pictures',
  dimensions: 'weightDimensions',
  'attributes.vendor': 'vendor',
};

interface SentOffer {
  readonly offerId: string;
  readonly marketCategoryId?: unknown;
  readonly parameterValues?: readonly ParameterValue[];
  readonly name?: unknown;
  readonly description?: unknown;
  readonly pictures?: unknown;
  readonly weightDimensions?: unknown;
  readonly vendor?: unknown;
}

/**
 * A change of a card without the values that Market will not have, so that they do not hold up the rest. undefined where a complaint is
 * about anything else, where nothing would be left to say, and for a new card, which needs all it was given.
 */
export function leaveOut(item: PushItem, body: Body, complaints: readonly Diagnostic[]): Body | undefined {
  if (body.call !== 'updateOffers' || item.externalId === undefined || complaints.length === 0) return undefined;
  const paths = new Set(complaints.map(({ path }) => path));
  let { offer } = body.item as { readonly offer: SentOffer };
  for (const path of paths) {
    const less = withoutPath(offer, path);
    if (less === undefined) return undefined;
    offer = less;
  }
  const { offerId: _key, marketCategoryId: _category, ...rest } = offer;
  if (Object.keys(rest).length > 0) return { ...body, item: { offer } };
  return item.values.category === undefined ? undefined : { ...body, item: { offer } };
}

/** undefined when the offer says nothing of this path, or says other things by the same member. */
function withoutPath(offer: SentOffer, path: string): SentOffer | undefined {
  const member = MEMBERS[path];
  if (member !== undefined) {
    const { [member]: refused, ...rest } = offer;
    return refused === undefined ? undefined : (rest as SentOffer);
  }
  const id = /^attributes\.(\d+)$/.exec(path)?.[1];
  const { parameterValues = [], ...rest } = offer;
  const left = parameterValues.filter((value) => String(value.parameterId) !== id);
  if (left.length === parameterValues.length) return undefined;
  return left.length === 0 ? rest : { ...rest, parameterValues: left };
}
