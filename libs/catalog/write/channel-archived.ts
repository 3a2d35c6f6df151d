import type { ProductDocument } from '../document/product-document.js';

/** Channels that are told otherwise than the master whether the product is archived; undefined when none is. */
export function channelArchived({ overrides }: Pick<ProductDocument, 'overrides'>): Readonly<Record<string, boolean>> | undefined {
  if (overrides === undefined) return undefined;
  const told = Object.entries(overrides).flatMap(([channel, { archived }]): [string, boolean][] => (archived === undefined ? [] : [[channel, archived]]));
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** SQL: whether the product `alias` is archived for the channel that stands at `channel`. */
export function archivedFor(alias: string, channel: string): string {
  return `coalesce((${alias}.channel_archived ->> ${channel}::text)::boolean, ${alias}.archived)`;
}
