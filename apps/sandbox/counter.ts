import type { Store } from './store.js';

/** Numbers that are given out once. Kept in memory as well: the store shows a write only after its event turn. */
export class Counter {
  private value: number;

  constructor(
    private readonly store: Store,
    private readonly name: string,
    private readonly first: number,
  ) {
    this.value = store.get<number>('meta', name) ?? first;
  }

  next(): number {
    const given = this.value++;
    this.store.put('meta', this.name, this.value);
    return given;
  }

  reset(): void {
    this.value = this.first;
  }
}
