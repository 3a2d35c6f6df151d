import {
  productDraft,
  type AccountRules,
  type CardValues,
  type ChannelModule,
  type Facet,
  type ObservedCard,
  type PictureJudge,
  type ProductSnapshot,
  type References,
} from '#channels/contract';

type LiveCard = Pick<ObservedCard, 'key' | 'ids' | 'values'>;

export const NO_RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };

const digestOf = (url: string): string => `of ${url}`;
/** The master's pictures are those of the card. */
const SAME_PICTURES: PictureJudge = { same: (url, digest) => digest === digestOf(url) };

/** The product that is made of a live card. */
export function adoptedProduct(module: ChannelModule, card: LiveCard, references: References): ProductSnapshot {
  if (!module.adoption) throw new Error('no products are made of cards of this channel');
  const draft = productDraft(card.values, module.adoption.product(card.values, references, card));
  return { sku: card.key, revision: 1, ...draft, media: (card.values.media ?? []).map((url) => ({ digest: digestOf(url) })) };
}

/** What the channel would be asked to change of a live card whose product was made of it: nothing, if all is well. */
export function changedByAdoption(module: ChannelModule, card: LiveCard, references: References): string[] {
  const { values } = module.render(adoptedProduct(module, card, references), NO_RULES, references);
  return [...compared(module.descriptor.facets, values, card.values)].flatMap(([facet, part, wanted, shown]) =>
    module.isEcho(facet, wanted, shown, SAME_PICTURES) === 'no' ? [`${card.key} ${facet}${part}: ${JSON.stringify(shown)} → ${JSON.stringify(wanted)}`] : [],
  );
}

/** What is wanted beside what is shown. Offers of one card are no single product: what hangs on them is nobody's here. Whether a card can be bought no product says. */
function* compared(facets: readonly Facet[], wanted: CardValues, shown: CardValues) {
  for (const facet of facets) {
    if (facet === 'status') continue;
    if (facet !== 'stock') {
      const [left, right] = [wanted[facet], shown[facet]];
      if (left !== undefined && right !== undefined) yield [facet, '', left, right] as const;
      continue;
    }
    for (const [warehouse, pieces] of Object.entries(wanted.stock ?? {})) {
      const live = shown.stock?.[warehouse];
      if (live !== undefined) yield [facet, ` ${warehouse}`, pieces, live] as const;
    }
  }
}
