import { type Doc, nameForm, Refused, readDocOrEmpty, readList, readText } from '#kernel';
import type { PushItem, References } from '#channels/contract';
import { asListed, type AttributeEdit, type Attributes, choicesOf, chosenAttributes, editedAttributes, shownAttributes } from './woocommerce.attributes.js';
import type { Fields, GroupPart, MediaBody, UpdateBody } from './woocommerce.bodies.js';
import { composeCreate } from './woocommerce.compose-create.js';
import { groupEdit, missing, ownFields, stockFields } from './woocommerce.fields.js';
import { allAnew, imagesToSend, othersShown } from './woocommerce.images.js';
import { keptPictures, leadOf, sharedNotes } from './woocommerce.meta.js';
import { SITE, ownPicture } from './woocommerce.observe.js';
import { priceFields } from './woocommerce.price.js';
import { escaped, readable } from './woocommerce.readable.js';

/** The live card in the site's own words: a product, or a variation and its group. */
export interface LiveDocument {
  readonly product: Doc;
  readonly group?: Doc;
}

/** The exact content of one call for one card. An update names only what it changes; lists inside it are replaced whole and laid over the live ones. */
export function compose(operation: string, item: PushItem, references: References = () => undefined): unknown {
  switch (operation) {
    case 'stock':
      return { ...place(item), fields: stockFields(item.values.stock?.[SITE] ?? missing('stock'), references) } satisfies UpdateBody;
    case 'prices':
      return { ...place(item), fields: priceFields(item.values.price ?? missing('price'), item.ids['sale'] === 'dated') } satisfies UpdateBody;
    case 'card':
      return cardBody(item, references);
    case 'media':
      return mediaBody(item);
    case 'publish':
      return publishBody(item);
    case 'archive':
      return { ...place(item), fields: { status: item.ids['group'] === undefined ? 'draft' : 'private' } } satisfies UpdateBody;
    case 'create':
      return composeCreate(item, references);
    default:
      throw new Refused(`WooCommerce has no operation "${operation}"`, []);
  }
}

/** Of several facets only those that are wanted now. */
function cardBody(item: PushItem, references: References): UpdateBody {
  const { product, group } = liveOf(item);
  const { values } = item;
  const own = ownFields(values, references);
  const category = values.category === undefined ? {} : { category: values.category };
  if (group === undefined) {
    const attributes =
      values.attributes === undefined ? {} : { attributes: editedAttributes(product['attributes'], { set: values.attributes, drop: item.dropAttributes ?? [], offer: {} }) };
    const { name, description } = titleAndText(item);
    const texts = { ...(name === undefined ? {} : { name: escaped(name) }), ...(description === undefined ? {} : { description: escaped(description) }) };
    return { ...place(item), fields: { ...texts, ...attributes, ...own }, ...category };
  }
  const shared: Record<string, unknown> = {};
  const fields: Record<string, unknown> = { ...own };
  const { name, description } = titleAndText(item);
  if (name !== undefined) shared['name'] = escaped(name);
  if (description !== undefined && leadOf(group) === item.key) shared['description'] = escaped(description);
  else if (description !== undefined) fields['description'] = description;
  let edit: AttributeEdit | undefined;
  if (values.attributes !== undefined) {
    const axes = shownAxes(group);
    edit = groupEdit(values.attributes, axes, item.dropAttributes ?? []);
    fields['attributes'] = chosen(product, edit.offer, group);
  }
  return { ...place(item), fields, ...withGroup(item, group, shared, edit, category), ...category };
}

function withGroup({ key }: PushItem, group: Doc, fields: Fields, edit: AttributeEdit | undefined, category: object): { group?: GroupPart } {
  const changes = edit === undefined ? [] : [...Object.keys(edit.set), ...edit.drop, ...Object.keys(edit.offer)];
  if (changes.length === 0 && Object.keys(fields).length === 0 && Object.keys(category).length === 0) return {};
  return { group: { ...liveGroup(group), fields, ...(edit === undefined ? {} : { member: { sku: key, edit } }) } };
}

function liveGroup(group: Doc): Pick<GroupPart, 'id' | 'live' | 'noted'> {
  return { id: Number(group['id']), live: group['attributes'], noted: sharedNotes(group) };
}

function shownAxes(group: Doc): ReadonlySet<string> {
  const axes = readList(group['attributes'], 'attributes').filter((one) => readDocOrEmpty(one)['variation'] === true);
  return new Set(Object.keys(shownAttributes(axes, true)));
}

/** Choices of a variation are replaced whole: those that are not ours to change go back. */
function chosen(variation: Doc, ours: Attributes, group: Doc): unknown {
  const forms = new Set(Object.keys(ours).map(nameForm));
  const others = Object.entries(chosenAttributes(variation['attributes'])).filter(([name]) => !forms.has(nameForm(name)));
  return asListed(choicesOf({ ...Object.fromEntries(others), ...ours }), group['attributes']);
}

/** Where the master's own text has mark-up that reads as what is wanted, the mark-up goes along. */
function titleAndText({ values, product }: PushItem): { readonly name?: string; readonly description?: string } {
  const html = product?.description;
  const text = html !== undefined && readable(html) === values.description ? html : values.description;
  return { ...(values.title === undefined ? {} : { name: values.title }), ...(text === undefined ? {} : { description: text }) };
}

/** The group's gallery for the variation that leads it, one picture for the others. */
function mediaBody(item: PushItem): MediaBody {
  const { product, group } = liveOf(item);
  const digests = item.values.media ?? missing('media');
  const urls = item.mediaUrls ?? missing('media', 'woocommerce.no-public-picture');
  const wanted = digests.map((digest, at) => ({ digest, url: urls[at] ?? '' }));
  if (wanted.some(({ url }) => url === '')) missing('media', 'woocommerce.no-public-picture');
  const title = item.product?.title ?? '';
  if (group !== undefined && leadOf(group) !== item.key) {
    const first = wanted.slice(0, 1);
    if (first.length === 0) missing('media');
    return {
      ...place(item),
      images: imagesToSend(product, ownPicture(product), first, title),
      anew: allAnew(first, title),
      digests: digests.slice(0, 1),
      noted: keptPictures(product),
    };
  }
  const owner = group ?? product;
  const images = imagesToSend(owner, owner['images'], wanted, title);
  return { id: Number(owner['id']), images, shown: othersShown(owner['images'], images), anew: allAnew(wanted, title), digests, noted: keptPictures(owner) };
}

/** A variation shows only when its group does. */
function publishBody(item: PushItem): UpdateBody {
  const { product, group } = liveOf(item);
  const shown = { status: 'publish', catalog_visibility: 'visible' };
  if (group === undefined) return { ...place(item), fields: shown };
  const hidden = readText(group['status']) !== 'publish' || readText(group['catalog_visibility']) === 'hidden';
  const own = readText(product['status']) === 'publish' ? {} : { status: 'publish' };
  return { ...place(item), fields: own, ...(hidden ? { group: { ...liveGroup(group), fields: shown } } : {}) };
}

function place({ externalId, ids }: PushItem): { readonly id: number; readonly parent?: number } {
  if (externalId === undefined || externalId === '') missing('presence', 'woocommerce.not-created');
  const group = ids['group'];
  return { id: Number(externalId), ...(group === undefined ? {} : { parent: Number(group) }) };
}

function liveOf(item: PushItem): LiveDocument {
  const document = readDocOrEmpty(item.document);
  const product = readDocOrEmpty(document['product']);
  if (product['id'] === undefined) missing('presence', 'woocommerce.not-created');
  return { product, ...(document['group'] === undefined ? {} : { group: readDocOrEmpty(document['group']) }) };
}
