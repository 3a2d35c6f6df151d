import { type Diagnostic, Refused, readDoc, readId, readText } from '#kernel';
import type { Run } from '#channels/contract';
import { namesOfPath, type CategoryTree } from './woocommerce.categories.js';
import type { WooClient } from './woocommerce.client.js';
import type { ShopReader } from './woocommerce.shop.js';

export interface MadeCategories {
  /** Ids by path. */
  readonly ids: ReadonlyMap<string, string>;
  /** Paths that the site does not take, with its words. */
  readonly refused: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** Makes the categories of these paths that are not there, from the root down. A name that somebody else made meanwhile is taken as it is. */
export async function ensureCategories(client: WooClient, shop: ShopReader, paths: readonly string[], run: Run): Promise<MadeCategories> {
  const ids = new Map<string, string>();
  const refused = new Map<string, readonly Diagnostic[]>();
  if (paths.length === 0) return { ids, refused };
  let tree = await shop.readTree(run);
  // What was read a while ago may lack a category made since: read once more before making one.
  if (paths.some((path) => tree.find(namesOfPath(path)) === undefined)) {
    shop.forgetTree();
    tree = await shop.readTree(run);
  }
  const made = new Map<string, string>();
  for (const path of paths) {
    try {
      ids.set(path, await ensurePath(client, tree, made, namesOfPath(path), run));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.set(
        path,
        error.diagnostics.map((diagnostic) => ({ ...diagnostic, path: 'category' })),
      );
    }
  }
  if (made.size > 0) shop.forgetTree();
  return { ids, refused };
}

async function ensurePath(client: WooClient, tree: CategoryTree, made: Map<string, string>, names: readonly string[], run: Run): Promise<string> {
  let parent = '';
  for (let depth = 1; depth <= names.length; depth += 1) {
    const path = names.slice(0, depth);
    const name = path[depth - 1] ?? '';
    const place = path.join('\n');
    const known = tree.find(path) ?? made.get(place);
    const id = known ?? (await make(client, name, parent, run));
    if (known === undefined) made.set(place, id);
    parent = id;
  }
  return parent;
}

async function make(client: WooClient, name: string, parent: string, run: Run): Promise<string> {
  try {
    const { body } = await client.call('POST', '/products/categories', { body: { name, ...(parent === '' ? {} : { parent: Number(parent) }) } }, run);
    return readId(readDoc(body, 'categories')['id'], 'categories.id');
  } catch (error) {
    const owner = error instanceof Refused ? error.diagnostics.map((diagnostic) => ownerOf(diagnostic.params)).find((id) => id !== '') : undefined;
    if (owner === undefined) throw error;
    return owner;
  }
}

/** The id of the term that has the name already. */
function ownerOf(params: Readonly<Record<string, string | number>> | undefined): string {
  return params?.['code'] === 'term_exists' ? readText(params['resource_id']) : '';
}
