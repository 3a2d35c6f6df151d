import type { Store } from '../store.js';
import type { Counter } from '../counter.js';
import { slugOf } from './text.js';

export interface Term {
  id: number;
  /** "product_cat", "product_tag" or "pa_…" of a global attribute. */
  taxonomy: string;
  name: string;
  slug: string;
  description: string;
  parent: number;
  menuOrder: number;
  display: string;
}

export interface Attribute {
  id: number;
  name: string;
  /** "pa_colour". */
  slug: string;
  type: string;
  orderBy: string;
  hasArchives: boolean;
}

export const CATEGORY = 'product_cat';
export const TAG = 'product_tag';
/** Where goods go that are in no other category. */
const UNCATEGORIZED = 15;

/** Categories, tags, global attributes and their values. */
export class TermBook {
  private readonly terms = new Map<number, Term>();
  private readonly attributes = new Map<number, Attribute>();

  constructor(
    private readonly store: Store,
    private readonly ids: { readonly term: Counter; readonly attribute: Counter },
  ) {
    for (const term of store.all<Term>('terms')) this.terms.set(term.id, term);
    for (const attribute of store.all<Attribute>('attributes')) this.attributes.set(attribute.id, attribute);
    this.open();
  }

  get uncategorized(): number {
    return UNCATEGORIZED;
  }

  term(id: number, taxonomy: string): Term | undefined {
    const term = this.terms.get(id);
    return term?.taxonomy === taxonomy ? term : undefined;
  }

  of(taxonomy: string): Term[] {
    return [...this.terms.values()].filter((term) => term.taxonomy === taxonomy);
  }

  /** One that stands in the way of another of this name; categories may share a name under different parents. */
  twin(taxonomy: string, name: string, parent: number, except = 0): Term | undefined {
    const wanted = name.toLowerCase();
    return this.of(taxonomy).find((term) => term.id !== except && term.name.toLowerCase() === wanted && term.parent === parent);
  }

  add(taxonomy: string, name: string, more: Partial<Omit<Term, 'id' | 'taxonomy' | 'name'>> = {}): Term {
    const wanted = more.slug || slugOf(name);
    const taken = new Set(this.of(taxonomy).map((term) => term.slug));
    let slug = wanted;
    for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`;
    const term = { description: '', parent: 0, menuOrder: 0, display: 'default', ...more, id: this.ids.term.next(), taxonomy, name, slug };
    this.save(term);
    return term;
  }

  save(term: Term): void {
    this.terms.set(term.id, term);
    this.store.put('terms', term.id, term);
  }

  remove(id: number): void {
    this.terms.delete(id);
    this.store.remove('terms', id);
  }

  attribute(id: number): Attribute | undefined {
    return this.attributes.get(id);
  }

  allAttributes(): Attribute[] {
    return [...this.attributes.values()];
  }

  addAttribute(given: Omit<Attribute, 'id'>): Attribute {
    const attribute = { ...given, id: this.ids.attribute.next() };
    this.saveAttribute(attribute);
    return attribute;
  }

  saveAttribute(attribute: Attribute): void {
    this.attributes.set(attribute.id, attribute);
    this.store.put('attributes', attribute.id, attribute);
  }

  /** Its values go with it. */
  removeAttribute({ id, slug }: Attribute): void {
    for (const term of this.of(slug)) this.remove(term.id);
    this.attributes.delete(id);
    this.store.remove('attributes', id);
  }

  reset(): void {
    this.terms.clear();
    this.attributes.clear();
    this.open();
  }

  private open(): void {
    if (this.terms.has(UNCATEGORIZED)) return;
    this.save({ id: UNCATEGORIZED, taxonomy: CATEGORY, name: 'Uncategorized', slug: 'uncategorized', description: '', parent: 0, menuOrder: 0, display: 'default' });
  }
}
