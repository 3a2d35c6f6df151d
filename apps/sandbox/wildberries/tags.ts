import type { Store } from '../store.js';
import { Counter } from '../counter.js';

export interface Tag {
  id: number;
  name: string;
  color: string;
}

/** The seller's labels. */
export class TagBook {
  private readonly tags = new Map<number, Tag>();

  private readonly numbers: Counter;

  constructor(private readonly store: Store) {
    this.numbers = new Counter(store, 'nextTag', 1);
    for (const tag of store.all<Tag>('tags')) this.tags.set(tag.id, tag);
  }

  all(): Tag[] {
    return [...this.tags.values()].sort((a, b) => a.id - b.id);
  }

  get(id: number): Tag | undefined {
    return this.tags.get(id);
  }

  save(tag: Tag): void {
    this.tags.set(tag.id, tag);
    this.store.put('tags', tag.id, tag);
  }

  nextId(): number {
    return this.numbers.next();
  }

  remove(id: number): void {
    this.tags.delete(id);
    this.store.remove('tags', id);
  }

  reset(): void {
    this.tags.clear();
    this.numbers.reset();
  }
}
