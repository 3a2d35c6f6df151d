import { nameForm, plainText, readDoc, readId, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';
import { everyPage } from './woocommerce.pages.js';

/** A category of the site; `parent` '' at the root. */
export interface SiteCategory {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
}

const SEPARATOR = ' / ';
/** Between the places of a product that stands in several. */
export const BESIDE = ' | ';

export async function readCategories(client: WooClient, run: Run): Promise<readonly SiteCategory[]> {
  const items = await everyPage(client, '/products/categories', {}, run);
  return items.map((value) => {
    const doc = readDoc(value, 'categories');
    return { id: readId(doc['id'], 'categories.id'), name: plainText(readText(doc['name'])), parent: readId(doc['parent'], 'categories.parent') };
  });
}

/** The site's tree by names: the tree is the seller's own, so a place is known by its path, and a path that is not there can be made. */
export class CategoryTree {
  private readonly byId: ReadonlyMap<string, SiteCategory>;
  private readonly byPath = new Map<string, SiteCategory>();

  constructor(readonly categories: readonly SiteCategory[]) {
    this.byId = new Map(categories.map((category) => [category.id, category]));
    // Of two with one path the older wins.
    for (const category of [...categories].reverse()) this.byPath.set(formOf(this.namesOf(category.id)), category);
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** "Дом / Посуда"; '' for a category that is not known. */
  pathOf(id: string): string {
    return this.namesOf(id).join(SEPARATOR);
  }

  /** The id of a path of names; undefined when it is not there. */
  find(names: readonly string[]): string | undefined {
    return this.byPath.get(formOf(names))?.id;
  }

  /** All places of a product as one text; a parent beside its own child says nothing. */
  placesOf(ids: readonly string[]): string {
    const parents = new Set(ids.flatMap((id) => this.above(id)));
    const leaves = ids.filter((id) => !parents.has(id));
    return leaves
      .map((id) => this.pathOf(id))
      .sort()
      .join(BESIDE);
  }

  private above(id: string): readonly string[] {
    const found: string[] = [];
    for (let at = this.byId.get(id)?.parent ?? ''; at !== '' && !found.includes(at); at = this.byId.get(at)?.parent ?? '') found.push(at);
    return found;
  }

  private namesOf(id: string): readonly string[] {
    return [id, ...this.above(id)]
      .reverse()
      .map((one) => this.byId.get(one)?.name ?? '')
      .filter((name) => name !== '');
  }
}

export function namesOfPath(path: string): readonly string[] {
  return path
    .split(SEPARATOR)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function pathOfNames(names: readonly string[]): string {
  return names.join(SEPARATOR);
}

/** One of the places shown is the wanted one: a product may stand in others besides (a sale, a collection). */
export function standsIn(places: string, wanted: string): boolean {
  return places.split(BESIDE).some((place) => formOf(namesOfPath(place)) === formOf(namesOfPath(wanted)));
}

function formOf(names: readonly string[]): string {
  return names.map((name) => nameForm(plainText(name))).join('\n');
}
