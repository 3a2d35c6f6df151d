import { ChannelTemplates, TEMPLATE_FIELDS, type TemplateField } from './template-store.js';
import { sameValue } from '../document/canonical-document.js';
import type { ChannelOverride, MediaRef, ProductDocument } from '../document/product-document.js';
import { safeDescription } from '../document/safe-text.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { renderTemplate } from './template.js';

/** One revision of a product as a channel sees it: overrides and templates are applied, of the pictures only those that are shown. */
export type ProductView = Omit<ProductDocument, 'overrides' | 'translations' | 'externalIds' | 'components'> & { readonly revision: number };

/** Where a field of a view comes from; of a template the category that it was written for. */
export type FieldSource = { readonly from: 'master' | 'override' } | { readonly from: 'template'; readonly category: string } | { readonly from: 'components' };

export interface ExplainedView {
  readonly view: ProductView;
  /** By field; attributes one by one as "attributes.Цвет". */
  readonly sources: Readonly<Record<string, FieldSource>>;
  /** Values that templates missed. */
  readonly diagnostics: readonly ValidationIssue[];
}

const NO_TEMPLATES = new ChannelTemplates([]);

export function viewForChannel(document: ProductDocument, revision: number, channel: string, templates: ChannelTemplates = NO_TEMPLATES): ProductView {
  return explainedView(document, revision, channel, templates).view;
}

/** What a channel sees and why: an override wins over a template, a template over the master. */
export function explainedView(document: ProductDocument, revision: number, channel: string, templates: ChannelTemplates): ExplainedView {
  const { overrides, translations: _translations, externalIds: _externalIds, components, ...master } = document;
  const own = overrides?.[channel] ?? {};
  const { attributes, stock, ...fields } = own;
  const merged = { ...master, ...defined(fields), attributes: { ...master.attributes, ...attributes }, stock: toldStock(master.stock, stock) };
  const sources: Record<string, FieldSource> = {};
  for (const field of Object.keys(merged)) if (field !== 'attributes') sources[field] = { from: field in defined(fields) ? 'override' : 'master' };
  for (const name of Object.keys(merged.attributes)) sources[`attributes.${name}`] = { from: attributes && name in attributes ? 'override' : 'master' };
  if (components) sources['stock'] = { from: 'components' };
  if (stock && !sameValue(merged.stock, master.stock)) sources['stock'] = { from: 'override' };

  const made: Partial<Record<TemplateField, string>> = {};
  const diagnostics: ValidationIssue[] = [];
  for (const field of TEMPLATE_FIELDS) {
    const template = own[field] === undefined ? templates.for(field, merged.category) : undefined;
    if (!template) continue;
    const { text, missing } = renderTemplate(template.parts, merged);
    for (const name of missing) diagnostics.push(issueOf(field, undefined, 'template-missing', { name }));
    if (text === undefined) continue;
    made[field] = field === 'description' ? safeDescription(text) : text;
    sources[field] = { from: 'template', category: template.category };
  }
  return { view: { ...merged, ...made, media: shownPictures(merged.media), revision }, sources, diagnostics };
}

/** What a channel is told never exceeds what there is: pieces sold elsewhere are gone here too. */
function toldStock(master: ProductDocument['stock'], own: ChannelOverride['stock'] = {}): ProductDocument['stock'] {
  const told = Object.entries(own).map(([warehouse, pieces]): [string, number] => [warehouse, Math.min(pieces, master[warehouse] ?? pieces)]);
  return told.length === 0 ? master : { ...master, ...Object.fromEntries(told) };
}

type PlainOverride = Omit<ChannelOverride, 'attributes' | 'stock'>;

function defined(fields: PlainOverride): PlainOverride {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The main picture first, the others as they stand; documents are for the seller's own records. */
function shownPictures(media: readonly MediaRef[]): readonly MediaRef[] {
  const shown = media.filter(({ role }) => role !== 'document');
  const main = shown.find(({ role }) => role === 'main');
  return main === undefined ? shown : [main, ...shown.filter((picture) => picture !== main)];
}
