import { stamp } from '../clock-text.js';
import { CURRENCY } from '../cabinet.js';
import { findLeaf, GROUP_PARAMETER } from '../categories.js';
import { unlessEmpty } from '../endpoint.js';
import type { Card, Price } from '../model.js';
import { wire } from '../money.js';
import type { Office } from '../office.js';
import { SHOP } from '../shop.js';
import { campaignStatus, cardStatus } from '../status.js';

/** An offer of the catalog with the card it is bound to. */
export function offerMapping(office: Office, card: Card): object {
  return { offer: offer(office, card), mapping: mappingOf(card), ...showcase(office, card) };
}

/** What the market has bound an offer to; empty before it has. */
export function mappingOf({ market, name }: Card): object {
  const { sku, categoryId } = market;
  return {
    ...(sku > 0 ? { marketSku: sku, marketSkuName: name } : {}),
    ...(categoryId > 0 ? { marketCategoryId: categoryId, marketCategoryName: findLeaf(categoryId)?.name ?? '' } : {}),
  };
}

export const groupOf = ({ parameters }: Card): { groupId?: string } => {
  const groupId = parameters.find((one) => one.parameterId === GROUP_PARAMETER)?.value;
  return groupId === undefined ? {} : { groupId };
};

/** A price with the moment it was set. */
export function priceAnswer({ value, base, at }: Pick<Price, 'value' | 'base' | 'at'>): object {
  return { value: wire(value), currencyId: CURRENCY, ...(base > 0 ? { discountBase: wire(base) } : {}), updatedAt: stamp(at) };
}

function offer(office: Office, card: Card): object {
  const { campaigns } = office.cabinet.current;
  const placed = campaigns.flatMap((campaign) => {
    const status = campaignStatus(office, card, campaign);
    return status ? [{ campaign, status }] : [];
  });
  return {
    offerId: card.offerId,
    ...said('name', card.name),
    ...(card.categoryId > 0 ? { marketCategoryId: card.categoryId } : {}),
    ...unlessEmpty(
      'pictures',
      card.pictures.map(({ source }) => source),
    ),
    ...said('vendor', card.vendor),
    ...unlessEmpty('barcodes', card.barcodes),
    ...said('description', card.description),
    ...(card.dimensions ? { weightDimensions: dimensionsAnswer(card.dimensions) } : {}),
    ...said('vendorCode', card.vendorCode),
    ...moreOf(card),
    ...(card.price ? { basicPrice: priceAnswer(card.price) } : {}),
    cardStatus: cardStatus(office, card),
    ...unlessEmpty(
      'campaigns',
      placed.map(({ campaign, status }) => ({ campaignId: campaign.id, status })),
    ),
    ...unlessEmpty(
      'sellingPrograms',
      [...new Set(campaigns.map((one) => one.placementType))].map((sellingProgram) => ({ sellingProgram, status: card.blocked ? 'REJECT' : 'FINE' })),
    ),
    ...mediaFiles(office, card),
    archived: card.archived,
    ...groupOf(card),
  };
}

/** A picture that arrived is told by the market's own address; one that did not, by the seller's. */
function mediaFiles({ pictures }: Office, card: Card): object {
  const files = card.pictures.map((picture) => ({ url: picture.state === 'UPLOADED' ? pictures.url(picture) : picture.source, uploadState: picture.state }));
  return files.length > 0 ? { mediaFiles: { pictures: files } } : {};
}

/** Prices beside the common one come back with a moment. */
function moreOf({ more, updatedAt }: Card): object {
  const dated = (name: string): object => (typeof more[name] === 'object' && more[name] !== null ? { [name]: { ...more[name], updatedAt: stamp(updatedAt) } } : {});
  return { ...more, ...dated('purchasePrice'), ...dated('additionalExpenses') };
}

function dimensionsAnswer({ length, width, height, grams }: NonNullable<Card['dimensions']>): object {
  return { length: length / 10, width: width / 10, height: height / 10, weight: grams / 1000 };
}

function showcase({ baseUrl }: Office, { market, offerId }: Card): object {
  return market.sku > 0 ? { showcaseUrls: [{ showcaseType: 'B2C', showcaseUrl: `${baseUrl()}${SHOP}${encodeURIComponent(offerId)}` }] } : {};
}

const said = (name: string, text: string): object => (text === '' ? {} : { [name]: text });
