import { line, plainText, type Money } from '#kernel';
import type { ObservedCard, References } from './channel.js';
import type { CardValues } from './facets.js';
import type { MasterAttribute, ProductSnapshot } from './product-snapshot.js';

/** What a channel alone can say of a live card: its words as the catalog would write them. */
export interface AdoptedProduct {
  readonly title: string;
  readonly description: string;
  /** Names from the root to the leaf, joined by " / "; '' when the channel's place has no name that leads back to it. */
  readonly category: string;
  readonly brand?: string;
  readonly country?: string;
  /** Percent. */
  readonly vat?: number;
  /** By name, as a person reads them. What is not carried stays on the channel as it is. */
  readonly attributes: Readonly<Record<string, MasterAttribute>>;
  /** What the card shares with others of its group. */
  readonly model?: ProductSnapshot['model'];
}

/** Makes products of live cards. Pure. */
export interface Adoption {
  /** Reference keys that `product` will ask for; may grow as `references` fill. */
  needs(values: CardValues, references: References): readonly string[];
  /** The card in the channel's own words says more than its values do: `product` is given it, where it could be read. */
  readonly needsDocument?: true;
  /** Duty: rendered again, with what `productDraft` adds, it is an echo of the card. */
  product(values: CardValues, references: References, card: Pick<ObservedCard, 'key' | 'ids' | 'document'>): AdoptedProduct;
}

const ENTITY = /&(?:#\w+|[a-z]\w*);/i;

/** A text of a channel without mark-up, written so that the catalog, which has mark-up, reads exactly that: "<<Прибой>>" would lose its word. */
export function literalText(text: string): string {
  if (!ENTITY.test(text) && text.split('\n').every((one) => plainText(one) === line(one))) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A product as it could be made of a live card: all but its SKU and its pictures. Sizes in whole millimetres, weight in whole grams, stock by the channel's warehouse. */
export interface ProductDraft extends AdoptedProduct {
  readonly barcodes: readonly string[];
  readonly dimensions?: { readonly length: number; readonly width: number; readonly height: number };
  readonly weight?: number;
  readonly price?: Money;
  readonly oldPrice?: Money;
  readonly stock: Readonly<Record<string, number>>;
  readonly archived: boolean;
}

/** What the channel said of a card, with what every channel's values say in the same way. A side, weight or price the card has not is left out. */
export function productDraft(values: CardValues, product: AdoptedProduct): ProductDraft {
  const { dimensions, price, barcodes = [], stock = {} } = values;
  const { length, width, height, weight } = dimensions ?? { length: 0, width: 0, height: 0, weight: 0 };
  const priced = price !== undefined && price.price > 0;
  return {
    ...product,
    barcodes,
    ...(length > 0 && width > 0 && height > 0 ? { dimensions: { length, width, height } } : {}),
    ...(weight > 0 ? { weight } : {}),
    ...(priced ? { price: { minor: price.price, currency: price.currency } } : {}),
    ...(priced && price.old !== undefined ? { oldPrice: { minor: price.old, currency: price.currency } } : {}),
    stock,
    archived: values.presence === 'archived',
  };
}
