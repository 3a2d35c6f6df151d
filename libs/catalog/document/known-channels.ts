import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import type { ProductDocument } from './product-document.js';

/** Ids of the channels a product may tell something of their own. The catalog knows none by itself: without the list any name is taken. */
export type KnownChannels = ReadonlySet<string>;

/** Overrides that speak to a channel nobody knows; what the product told it `before` may stay. */
export function unknownChannels({ overrides = {} }: Pick<ProductDocument, 'overrides'>, known: KnownChannels | undefined, before?: ProductDocument): ValidationIssue[] {
  if (known === undefined) return [];
  const strange = Object.entries(overrides).filter(([channel]) => !known.has(channel) && before?.overrides?.[channel] === undefined);
  return strange.map(([channel, told]) => issueOf(`overrides.${channel}`, told, 'channel-unknown', { known: [...known].join(', ') }));
}
