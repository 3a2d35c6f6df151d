import { BrokenContract, type Doc, readDoc, readFlag, readId, readList, readText, nameForm } from '#kernel';

/** A place for cards: the last category level with one of its types. `id` is "category:type", `names` root first. */
export interface CategoryLeaf {
  readonly id: string;
  readonly names: readonly string[];
  readonly disabled: boolean;
}
export type CategoryTree = readonly CategoryLeaf[];

export function treeOf(body: Doc): CategoryTree {
  const out: CategoryLeaf[] = [];
  for (const root of readList(body['result'], 'tree')) walk(readDoc(root, 'tree'), '', [], false, out);
  if (out.length === 0) throw new BrokenContract('tree: no types in it', body);
  return out;
}

function walk(node: Doc, parent: string, names: readonly string[], disabled: boolean, out: CategoryLeaf[]): void {
  const off = disabled || readFlag(node['disabled']);
  const type = readId(node['type_id'], 'tree.type_id');
  if (type !== '') {
    out.push({ id: `${parent}:${type}`, names: [...names, readText(node['type_name'])], disabled: off });
    return;
  }
  const id = readId(node['description_category_id'], 'tree.description_category_id');
  const path = [...names, readText(node['category_name'])];
  for (const child of readList(node['children'], 'tree.children')) walk(readDoc(child, 'tree.children'), id, path, off, out);
}

interface TreeIndex {
  readonly byId: ReadonlyMap<string, CategoryLeaf>;
  /** By the form of the last two names. */
  readonly byEnd: ReadonlyMap<string, readonly CategoryLeaf[]>;
  readonly words: ReadonlyMap<CategoryLeaf, ReadonlySet<string>>;
}

const indexes = new WeakMap<CategoryTree, TreeIndex>();

function indexOf(tree: CategoryTree): TreeIndex {
  const known = indexes.get(tree);
  if (known !== undefined) return known;
  const byEnd = new Map<string, CategoryLeaf[]>();
  for (const leaf of tree) {
    const end = endOf(leaf.names, 2);
    byEnd.set(end, [...(byEnd.get(end) ?? []), leaf]);
  }
  const built: TreeIndex = {
    byId: new Map(tree.map((leaf) => [leaf.id, leaf])),
    byEnd,
    words: new Map(tree.map((leaf) => [leaf, words(leaf.names.join(' '))])),
  };
  indexes.set(tree, built);
  return built;
}

export function leafById(tree: CategoryTree, id: string): CategoryLeaf | undefined {
  return indexOf(tree).byId.get(id);
}

/**
 * The leaf that a master path ("Root / Category / Type") means: both last names must be the same; where several leaves
 * share them, the names before decide. undefined when none or more than one fits.
 */
export function findLeaf(tree: CategoryTree, path: string): CategoryLeaf | undefined {
  const names = path.split(PATH_SEPARATOR).filter((name) => name.trim() !== '');
  if (names.length < 2) return undefined;
  let left = (indexOf(tree).byEnd.get(endOf(names, 2)) ?? []).filter((leaf) => !leaf.disabled);
  for (let depth = 3; left.length > 1 && depth <= names.length; depth += 1) {
    left = left.filter((leaf) => endOf(leaf.names, depth) === endOf(names, depth));
  }
  return left.length === 1 ? left[0] : undefined;
}

/** With blanks around it: names have slashes of their own ("Удлинитель/сетевой фильтр"). */
const PATH_SEPARATOR = ' / ';

function endOf(names: readonly string[], depth: number): string {
  return names.slice(-depth).map(nameForm).join(PATH_SEPARATOR);
}

/** The leaves whose names share most words with a text, best first, at most `limit`. */
export function suggestCategories(tree: CategoryTree, text: string, limit = 3): readonly CategoryLeaf[] {
  const wanted = words(text);
  if (wanted.size === 0) return [];
  const { words: index } = indexOf(tree);
  const scored: { readonly leaf: CategoryLeaf; readonly score: number }[] = [];
  for (const leaf of tree) {
    if (leaf.disabled) continue;
    const own = index.get(leaf) ?? new Set();
    let shared = 0;
    for (const word of wanted) if (own.has(word)) shared += 1;
    if (shared > 0) scored.push({ leaf, score: shared / Math.sqrt(own.size * wanted.size) });
  }
  return scored
    .sort((a, b) => b.score - a.score || (a.leaf.id < b.leaf.id ? -1 : 1))
    .slice(0, limit)
    .map((entry) => entry.leaf);
}

/** Words without their endings: Russian declines ("чайники", "чайник", "чайника"). */
function words(text: string): ReadonlySet<string> {
  const found = nameForm(text).match(/[\p{L}\d]{3,}/gu) ?? [];
  return new Set(found.map((word) => (word.length > 5 ? word.slice(0, Math.max(5, word.length - 2)) : word)));
}
