import { shownImage, type ChosenOption, type Product, type Variation } from '../model.js';
import { homeOf, type Office } from '../office.js';
import { isPurchasable, priceOf } from '../prices.js';
import { looseSlug, paragraphs } from '../text.js';
import { dates, imageAnswer, link, metaAnswer, priceMembers, stockMembers } from './item.js';
import type { Context } from './product.js';

export function variationAnswer(office: Office, parent: Product, variation: Variation, context: Context): Record<string, unknown> {
  const { plain } = variation;
  const price = priceOf(variation, office.clock.now());
  const image = context === 'view' ? shownImage(variation, parent) : variation.image;
  const stockOf = variation.manageStock === 'parent' ? parent : variation;
  return {
    id: variation.id,
    type: 'variation',
    ...dates(office, 'date_created', variation.createdAt),
    ...dates(office, 'date_modified', variation.modifiedAt),
    description: context === 'view' ? paragraphs(variation.description) : variation.description,
    permalink: `${homeOf(office)}/product/${parent.slug}/`,
    sku: variation.sku,
    global_unique_id: variation.gtin,
    ...priceMembers(office, variation, price),
    status: variation.status,
    purchasable: isPurchasable(variation, price) && parent.status === 'publish',
    virtual: plain['virtual'],
    downloadable: plain['downloadable'],
    downloads: plain['downloads'],
    download_limit: plain['download_limit'],
    download_expiry: plain['download_expiry'],
    tax_status: plain['tax_status'],
    tax_class: plain['tax_class'],
    ...stockMembers(office, variation, stockOf),
    weight: variation.weight,
    dimensions: { ...variation.dimensions },
    shipping_class: plain['shipping_class'],
    shipping_class_id: 0,
    image: image ? imageAnswer(office, image) : null,
    ...(office.cabinet.release.galleries ? { gallery_image_ids: plain['gallery_image_ids'] } : {}),
    attributes: variation.attributes.map((one) => optionAnswer(office, one)),
    menu_order: variation.menuOrder,
    meta_data: metaAnswer(variation),
    name: variation.attributes.map((one) => one.option).join(', '),
    parent_id: parent.id,
    _links: {
      self: link(office, `/products/${parent.id}/variations/${variation.id}`),
      collection: link(office, `/products/${parent.id}/variations`),
      up: link(office, `/products/${parent.id}`),
    },
  };
}

export function optionAnswer({ terms }: Office, { id, name, option }: ChosenOption): object {
  return { id, name, slug: (id > 0 ? terms.attribute(id)?.slug : undefined) ?? looseSlug(name), option };
}
