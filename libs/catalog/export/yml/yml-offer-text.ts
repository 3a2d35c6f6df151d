import { formatMoney } from '#kernel';
import type { ProductDocument } from '../../document/product-document.js';
import { VENDOR_CODE } from '../../formats/yml/yml-offer.js';
import { attributeParams } from './attribute-params.js';
import { holdsInXml, xmlAttribute, xmlText } from './xml-text.js';

export interface OfferContext {
  /** Ids of the categories that the feed declares. */
  readonly categoryIds: ReadonlyMap<string, number>;
  readonly pictureUrl?: (digest: string) => string;
}

/** One product as an `<offer>`; what a feed cannot say exactly is left out. */
export function ymlOfferText(document: ProductDocument, context: OfferContext): string {
  const { sku, stock, model, attributes } = document;
  const total = Object.values(stock).reduce((sum, pieces) => sum + pieces, 0);
  const start = [
    ` id="${xmlAttribute(sku)}"`,
    Object.keys(stock).length > 0 ? ` available="${total > 0}"` : '',
    model && model.code.trim() === model.code && holdsInXml(model.code) ? ` group_id="${xmlAttribute(model.code)}"` : '',
  ].join('');
  const lines = [...plainElements(document, context), ...barcodeAndSizes(document)];
  const vendorCode = attributes[VENDOR_CODE];
  for (const [name, value] of Object.entries(attributes)) {
    if (name === VENDOR_CODE && typeof vendorCode === 'string') lines.push(element('vendorCode', vendorCode));
    else for (const param of attributeParams(name, value)) lines.push(paramElement(param));
  }
  return `<offer${start}>\n${lines.filter((line) => line !== '').join('\n')}\n</offer>\n`;
}

function plainElements(
  { title, description, brand, category, country, vat, price, oldPrice, media, stock, archived }: ProductDocument,
  { categoryIds, pictureUrl }: OfferContext,
): string[] {
  const categoryId = categoryIds.get(category);
  const pieces = Object.keys(stock).length === 1 ? stock['main'] : undefined;
  return [
    element('name', title),
    element('price', price && formatMoney(price)),
    element('oldprice', oldPrice && oldPrice.currency === price?.currency ? formatMoney(oldPrice) : undefined),
    element('currencyId', price?.currency),
    element('categoryId', categoryId === undefined ? undefined : String(categoryId)),
    ...(pictureUrl ? media.map(({ digest }) => element('picture', pictureUrl(digest))) : []),
    element('vendor', brand),
    element('description', description),
    element('country_of_origin', country),
    element('vat', vat === undefined ? undefined : `VAT_${vat}`),
    element('count', pieces === undefined ? undefined : String(pieces)),
    archived ? element('disabled', 'true') : '',
  ];
}

function barcodeAndSizes({ barcodes, weight, dimensions }: ProductDocument): string[] {
  return [
    ...barcodes.map((barcode) => element('barcode', barcode)),
    element('weight', weight === undefined ? undefined : String(weight / 1000)),
    element('dimensions', dimensions && [dimensions.length, dimensions.width, dimensions.height].map((size) => String(size / 10)).join('/')),
  ];
}

function paramElement({ name, text, unit }: { readonly name: string; readonly text: string; readonly unit?: string }): string {
  return `<param name="${xmlAttribute(name)}"${unit === undefined ? '' : ` unit="${xmlAttribute(unit)}"`}>${xmlText(text)}</param>`;
}

function element(name: string, text: string | undefined): string {
  return text === undefined || text === '' || !holdsInXml(text) ? '' : `<${name}>${xmlText(text)}</${name}>`;
}
