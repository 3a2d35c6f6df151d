/** The path of a category in a tree given by ids, "Корень / Лист"; a parent that is missing or its own ancestor ends the walk. */
export class CategoryTree {
  private readonly nodes = new Map<string, { readonly name: string; readonly parent?: string }>();

  add(id: string, name: string, parent?: string): void {
    this.nodes.set(id, parent === undefined ? { name } : { name, parent });
  }

  get size(): number {
    return this.nodes.size;
  }

  /** Undefined for an id that was never added. */
  pathOf(id: string): string | undefined {
    const names: string[] = [];
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at);) {
      seen.add(at);
      const node = this.nodes.get(at);
      if (node === undefined) break;
      names.unshift(node.name);
      at = node.parent;
    }
    return names.length === 0 ? undefined : categoryPath(names);
  }
}

/** Joins names from the root to the leaf; a name cannot hold the separator, so it loses the spaces around a slash. */
export function categoryPath(names: readonly string[]): string {
  return names
    .map((name) =>
      name
        .replace(/[\r\n\t]+/g, ' ')
        .replaceAll(' / ', '/')
        .trim(),
    )
    .filter((name) => name !== '')
    .join(' / ');
}
