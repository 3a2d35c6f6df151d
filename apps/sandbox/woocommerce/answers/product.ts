import { shownImage, type Product, type Variation } from '../model.js';
import { homeOf, type Office } from '../office.js';
import { effectivePrice, isOnSale, isPurchasable } from '../prices.js';
import { CATEGORY, TAG } from '../terms.js';
import { looseSlug, paragraphs } from '../text.js';
import { dates, imageAnswer, link, metaAnswer, priceMembers, stockMembers } from './item.js';
import { optionAnswer } from './variation.js';

/** `edit` shows texts as they are kept, without the paragraphs a reader sees. */
export type Context = 'view' | 'edit';

/** Goods as every list and every single answer show them. */
export function productAnswer(office: Office, product: Product, context: Context): Record<string, unknown> {
  const { plain } = product;
  const price = effectivePrice(product, office.clock.now());
  const shown = context === 'view' ? paragraphs : (text: string): string => text;
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    permalink: permalinkOf(office, product),
    ...dates(office, 'date_created', product.createdAt),
    ...dates(office, 'date_modified', product.modifiedAt),
    type: product.type,
    status: product.status,
    featured: plain['featured'],
    catalog_visibility: product.visibility,
    description: shown(product.description),
    short_description: shown(product.shortDescription),
    sku: product.sku,
    ...priceMembers(office, product, price),
    ...(product.type === 'variable' ? { on_sale: product.variations.some((one) => isOnSale(one, office.clock.now())) } : {}),
    purchasable: isPurchasable(product, price),
    total_sales: product.sold,
    virtual: plain['virtual'],
    downloadable: plain['downloadable'],
    downloads: plain['downloads'],
    download_limit: plain['download_limit'],
    download_expiry: plain['download_expiry'],
    external_url: plain['external_url'],
    button_text: plain['button_text'],
    tax_status: plain['tax_status'],
    tax_class: plain['tax_class'],
    ...stockMembers(office, product, product),
    sold_individually: plain['sold_individually'],
    weight: product.weight,
    dimensions: { ...product.dimensions },
    shipping_required: plain['virtual'] !== true,
    shipping_taxable: plain['virtual'] !== true && plain['tax_status'] === 'taxable',
    shipping_class: plain['shipping_class'],
    shipping_class_id: 0,
    reviews_allowed: plain['reviews_allowed'],
    average_rating: '0.00',
    rating_count: 0,
    upsell_ids: plain['upsell_ids'],
    cross_sell_ids: plain['cross_sell_ids'],
    parent_id: 0,
    purchase_note: plain['purchase_note'],
    categories: termsOf(office, product.categories, CATEGORY),
    tags: termsOf(office, product.tags, TAG),
    images: product.images.map((image) => imageAnswer(office, image)),
    attributes: product.attributes.map(({ id, name, visible, variation, options }, position) => ({
      id,
      name,
      slug: slugOfAttribute(office, id, name),
      position,
      visible,
      variation,
      options,
    })),
    default_attributes: plain['default_attributes'],
    variations: product.variations.filter(({ status }) => status === 'publish' || status === 'private').map((one) => one.id),
    grouped_products: plain['grouped_products'],
    menu_order: product.menuOrder,
    price_html: priceHtml(price, office.cabinet.current.currency),
    related_ids: [],
    meta_data: metaAnswer(product),
    has_options: product.type === 'variable',
    post_password: plain['post_password'],
    global_unique_id: product.gtin,
    _links: { self: link(office, `/products/${product.id}`), collection: link(office, '/products') },
  };
}

/** A variation among goods, as a search by article shows it. */
export function variationAsProduct(office: Office, parent: Product, variation: Variation, context: Context): Record<string, unknown> {
  const chosen = variation.attributes.map((one) => one.option).join(', ');
  const asProduct: Product = {
    ...parent,
    ...variation,
    attributes: [],
    images: [shownImage(variation, parent)].flatMap((image) => image ?? []),
    variations: [],
    type: 'simple',
    plain: { ...parent.plain, ...variation.plain },
  };
  return {
    ...productAnswer(office, asProduct, context),
    name: chosen ? `${parent.name} - ${chosen}` : parent.name,
    permalink: permalinkOf(office, parent),
    type: 'variation',
    parent_id: parent.id,
    categories: [],
    tags: [],
    ...stockMembers(office, variation, variation.manageStock === 'parent' ? parent : variation),
    attributes: variation.attributes.map((one) => optionAnswer(office, one)),
    _links: { self: link(office, `/products/${variation.id}`), collection: link(office, '/products'), up: link(office, `/products/${parent.id}`) },
  };
}

export const permalinkOf = (office: Office, { slug }: Product): string => `${homeOf(office)}/product/${slug}/`;

export function slugOfAttribute(office: Office, id: number, name: string): string {
  return (id > 0 ? office.terms.attribute(id)?.slug : undefined) ?? looseSlug(name);
}

function termsOf({ terms }: Office, ids: readonly number[], taxonomy: string): object[] {
  return ids.flatMap((id) => {
    const term = terms.term(id, taxonomy);
    return term ? [{ id, name: term.name, slug: term.slug }] : [];
  });
}

const priceHtml = (price: string, currency: string): string =>
  price === '' ? '' : `<span class="woocommerce-Price-amount amount"><bdi>${price}&nbsp;<span class="woocommerce-Price-currencySymbol">${currency}</span></bdi></span>`;
