import type { AttributeValue, CardValues, ChannelModule, Echo, Facet, FacetValue, PictureJudge } from '#channels/contract';

type Attributes = Readonly<Record<string, readonly AttributeValue[]>>;

/*
 * An attribute that the master no longer has, while the channel still shows what we once put there, is wanted with no values at all:
 * it has to go. Channels never see such an entry: what they compare and compose is free of it.
 */

/** Ids of attributes that have to go. */
export function droppedAttributes(values: Pick<CardValues, 'attributes'> | undefined): readonly string[] {
  return Object.entries(values?.attributes ?? {}).flatMap(([id, own]) => (own.length === 0 ? [id] : []));
}

/** The same values without the attributes that have to go. */
export function withoutGone(values: CardValues, dropped: readonly string[]): CardValues {
  return values.attributes === undefined || dropped.length === 0 ? values : { ...values, attributes: without(values.attributes, dropped) };
}

function without(attributes: Attributes, ids: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([id]) => !ids.includes(id)));
}

/** Does the channel show what we want, in its own way of showing it, and nothing that has to go? */
export function isShown(module: ChannelModule, facet: Facet, wanted: FacetValue, live: FacetValue, pictures: PictureJudge): Echo {
  if (facet !== 'attributes') return module.isEcho(facet, wanted, live, pictures);
  const [ours, theirs] = [wanted as Attributes, live as Attributes];
  const dropped = droppedAttributes({ attributes: ours });
  if (dropped.some((id) => (theirs[id]?.length ?? 0) > 0)) return 'no';
  return module.isEcho(facet, without(ours, dropped), theirs, pictures);
}
