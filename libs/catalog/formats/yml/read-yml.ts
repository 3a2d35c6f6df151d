import { CategoryTree } from '../category-path.js';
import type { ProductRow } from '../product-row.js';
import { readXml, type XmlReading } from '../xml/read-xml.js';
import { UnreadableFile } from '../unreadable-file.js';
import { type FeedContext, ymlOffer } from './yml-offer.js';

export type YmlOptions = Pick<XmlReading, 'onBytes' | 'signal' | 'limits'> & {
  /** Of offers that name no currency; default RUB. */
  readonly currency?: string;
};

const CATEGORY = 'yml_catalog/shop/categories/category';
const OFFER = 'yml_catalog/shop/offers/offer';

/**
 * The offers of a YML feed, simplified and vendor.model alike, as they stream in; memory holds the tree of categories.
 * @throws UnreadableFile also for a file that is no YML
 */
export async function* readYml(file: string, { currency = 'RUB', ...reading }: YmlOptions = {}): AsyncGenerator<ProductRow> {
  const context: FeedContext = { categories: new CategoryTree(), currency, told: new Set() };
  let offers = 0;
  const records = readXml(file, {
    ...reading,
    isRecord: (path) => isAt(path, CATEGORY) || isAt(path, OFFER),
    onOpen: (path) => {
      if (path.length === 1 && path[0] !== 'yml_catalog') throw new UnreadableFile('xml-not-yml', { root: path[0] ?? '' });
    },
  });
  for await (const { path, element } of records) {
    if (path.at(-1) === 'offer') {
      yield ymlOffer(element, ++offers, context);
      continue;
    }
    const { id, parentId, parent_id } = element.attributes;
    if (id !== undefined) context.categories.add(id, element.text, parentId ?? parent_id);
  }
}

function isAt(path: readonly string[], place: string): boolean {
  return path.length === 4 && path.join('/') === place;
}
