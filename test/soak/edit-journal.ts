export const EDITED_FIELDS = ['title', 'description', 'price', 'stock', 'attribute', 'media'] as const;
export type EditedField = (typeof EDITED_FIELDS)[number];

/** One write of a field at the door. `mark` counts the writes of that field of that card from 1. */
export interface Edit {
  readonly sku: string;
  readonly field: EditedField;
  readonly mark: number;
  /** The value in a form that can be compared: text, kopecks, pieces. */
  readonly value: string;
  readonly state: 'acknowledged' | 'refused' | 'unknown';
}

/** Every edit tried, in order, with what the door answered. */
export class EditJournal {
  private readonly byPlace = new Map<string, Edit[]>();
  private readonly marks = new Map<string, number>();

  nextMark(sku: string, field: EditedField): number {
    const mark = (this.marks.get(`${sku}/${field}`) ?? 0) + 1;
    this.marks.set(`${sku}/${field}`, mark);
    return mark;
  }

  add(edit: Edit): void {
    const place = `${edit.sku}/${edit.field}`;
    this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), edit]);
  }

  of(sku: string, field: EditedField): readonly Edit[] {
    return this.byPlace.get(`${sku}/${field}`) ?? [];
  }

  all(): Edit[] {
    return [...this.byPlace.values()].flat();
  }

  /** The write a value came from; 0 for the value from before all edits, undefined for one nobody wrote. */
  markOf(sku: string, field: EditedField, value: string, original: string | undefined): number | undefined {
    return this.of(sku, field).find((edit) => edit.value === value)?.mark ?? (value === original ? 0 : undefined);
  }
}
