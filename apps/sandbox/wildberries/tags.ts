import type { Store } from '../store.js';

export interface Tag {
  id: number;
  name: string;
  color: string;
}

/** The seller's labels. */
export class TagBook {
  private readonly tags = new Map<number, Tag>();

  constructor(private readonly store: Store) {
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
    const id = (this.store.get<number>('meta', 'nextTag') ?? 0) + 1;
    this.store.put('meta', 'nextTag', id);
    return id;
  }

  remove(id: number): void {
    this.tags.delete(id);
    this.store.remove('tags', id);
  }

  reset(): void {
    this.tags.clear();
  }
}
