import { categoryPath } from '../../formats/category-path.js';
import type { StoredProduct } from '../../read/product-reader.js';
import { holdsInXml, xmlAttribute, xmlText } from './xml-text.js';
import { type OfferContext, ymlOfferText } from './yml-offer-text.js';

export interface ShopFacts {
  readonly name: string;
  readonly company: string;
  readonly url: string;
}

export interface YmlFacts {
  /** Paths of the goods' categories. */
  readonly categories: readonly string[];
  readonly currencies: readonly string[];
}

/** A feed in UTF-8: the shop, its currencies and categories, then the offers as they come. */
export async function* exportYml(
  pages: AsyncIterable<readonly StoredProduct[]>,
  facts: YmlFacts,
  shop: ShopFacts,
  options: { readonly date: Date; readonly pictureUrl?: OfferContext['pictureUrl'] },
): AsyncGenerator<string> {
  const categoryIds = numbered(facts.categories);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="${options.date.toISOString()}">\n<shop>\n`;
  yield `<name>${xmlText(shop.name)}</name>\n<company>${xmlText(shop.company)}</company>\n<url>${xmlText(shop.url)}</url>\n`;
  yield `<currencies>\n${facts.currencies.map((code, i) => `<currency id="${xmlAttribute(code)}" rate="${i === 0 ? '1' : 'CBRF'}"/>\n`).join('')}</currencies>\n<categories>\n`;
  for (const [path, id] of categoryIds) yield categoryElement(path, id, categoryIds);
  yield '</categories>\n<offers>\n';
  for await (const page of pages)
    yield page
      .map(({ document }) => (!holdsInXml(document.sku) ? '' : ymlOfferText(document, { categoryIds, ...(options.pictureUrl && { pictureUrl: options.pictureUrl }) })))
      .join('');
  yield '</offers>\n</shop>\n</yml_catalog>\n';
}

/** Every category and those above it, numbered from the root down. */
function numbered(paths: readonly string[]): ReadonlyMap<string, number> {
  const all = new Set<string>();
  for (const path of paths) {
    const names = path.split(' / ');
    if (!holdsInXml(path) || categoryPath(names) !== path) continue;
    names.forEach((_, depth) => all.add(names.slice(0, depth + 1).join(' / ')));
  }
  all.delete('');
  return new Map([...all].sort().map((path, i) => [path, i + 1]));
}

function categoryElement(path: string, id: number, ids: ReadonlyMap<string, number>): string {
  const at = path.lastIndexOf(' / ');
  const parent = at < 0 ? undefined : ids.get(path.slice(0, at));
  return `<category id="${id}"${parent === undefined ? '' : ` parentId="${parent}"`}>${xmlText(at < 0 ? path : path.slice(at + 3))}</category>\n`;
}
