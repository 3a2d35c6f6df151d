import { type Doc, BrokenContract, nameForm, readDoc, readKey, readList, readText } from '#kernel';

/** A category that holds goods. `names` root first, without the tree's own root. */
export interface CategoryLeaf {
  readonly id: string;
  readonly names: readonly string[];
}
export type CategoryTree = readonly CategoryLeaf[];

export function treeOf(root: Doc): CategoryTree {
  const leaves: CategoryLeaf[] = [];
  const walk = (node: Doc, above: readonly string[]): void => {
    const children = readList(node['children'], 'categories.children');
    const names = [...above, readText(node['name'])];
    if (children.length === 0) leaves.push({ id: readKey(node['id'], 'categories.id'), names });
    for (const child of children) walk(readDoc(child, 'categories.children'), names);
  };
  for (const child of readList(root['children'], 'categories.children')) walk(readDoc(child, 'categories.children'), []);
  if (leaves.length === 0) throw new BrokenContract('categories: no leaves in the tree', root);
  return leaves;
}

interface TreeIndex {
  readonly byId: ReadonlyMap<string, CategoryLeaf>;
  readonly byName: ReadonlyMap<string, readonly CategoryLeaf[]>;
  /** By the stems of a name in order of the alphabet: "Чайник электрический" and "Электрические чайники" meet here. */
  readonly byStems: ReadonlyMap<string, readonly CategoryLeaf[]>;
  readonly stems: ReadonlyMap<CategoryLeaf, ReadonlySet<string>>;
}
const indexes = new WeakMap<CategoryTree, TreeIndex>();

function indexOf(tree: CategoryTree): TreeIndex {
  const known = indexes.get(tree);
  if (known !== undefined) return known;
  const built: TreeIndex = {
    byId: new Map(tree.map((leaf) => [leaf.id, leaf])),
    byName: groupBy(tree, (leaf) => nameForm(leaf.names.at(-1) ?? '')),
    byStems: groupBy(tree, (leaf) => stemForm(leaf.names.at(-1) ?? '')),
    stems: new Map(tree.map((leaf) => [leaf, stems(leaf.names.join(' '))])),
  };
  indexes.set(tree, built);
  return built;
}

function groupBy(tree: CategoryTree, key: (leaf: CategoryLeaf) => string): ReadonlyMap<string, readonly CategoryLeaf[]> {
  const groups = new Map<string, CategoryLeaf[]>();
  for (const leaf of tree) {
    const group = groups.get(key(leaf));
    if (group === undefined) groups.set(key(leaf), [leaf]);
    else group.push(leaf);
  }
  return groups;
}

export function leafById(tree: CategoryTree, id: string): CategoryLeaf | undefined {
  return indexOf(tree).byId.get(id);
}

/**
 * The leaf that a master path ("Root / Category / Type") means: one named like its last name, else like the one before. Of several
 * the one that shares most words with the whole path. undefined when none fits, or two fit alike.
 */
export function findLeaf(tree: CategoryTree, path: string): CategoryLeaf | undefined {
  const names = path
    .split(' / ')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const { byName, byStems } = indexOf(tree);
  for (const name of names.slice(-2).reverse()) {
    for (const found of [byName.get(nameForm(name)), byStems.get(stemForm(name))]) {
      if (found === undefined) continue;
      const [best, second] = ranked(tree, found, path);
      if (best !== undefined && (second === undefined || second.score < best.score)) return best.leaf;
    }
  }
  return undefined;
}

/** The leaves whose names share most words with a text, best first. */
export function suggestLeaves(tree: CategoryTree, text: string, limit = 3): readonly CategoryLeaf[] {
  return ranked(tree, tree, text)
    .filter((entry) => entry.score > 0)
    .slice(0, limit)
    .map((entry) => entry.leaf);
}

function ranked(tree: CategoryTree, leaves: readonly CategoryLeaf[], text: string): readonly { readonly leaf: CategoryLeaf; readonly score: number }[] {
  const wanted = stems(text);
  const { stems: index } = indexOf(tree);
  return leaves
    .map((leaf) => {
      const own = index.get(leaf) ?? new Set<string>();
      const shared = [...wanted].filter((word) => own.has(word)).length;
      return { leaf, score: shared / Math.sqrt(Math.max(1, own.size) * Math.max(1, wanted.size)) };
    })
    .sort((a, b) => b.score - a.score || (a.leaf.id < b.leaf.id ? -1 : 1));
}

function stemForm(name: string): string {
  return [...stems(name)].sort().join(' ');
}

/** Words without their endings: Russian declines, and Market names its categories in the plural. */
function stems(text: string): ReadonlySet<string> {
  const found = nameForm(text).match(/[\p{L}\d]{2,}/gu) ?? [];
  return new Set(found.map((word) => (word.length > 4 ? word.replace(/(?:ие|ые|ий|ый|ая|ое|ой|ы|и|а|я|ь|е|о)$/u, '') : word)));
}
