import { nameForm } from '#kernel';
import { editedAttributes, type AttributeEdit, type Attributes, type SiteAttribute } from './woocommerce.attributes.js';
import { sharedNotesMeta, type MetaEntry, type SharedNotes } from './woocommerce.meta.js';

/**
 * Attributes that variations do not differ by are held by their group once, for all of them. Which variation wants which value is
 * noted on the group: it shows the values of all its variations, a value nobody noted is not ours, and none of them undoes another's.
 */
export interface Member {
  readonly sku: string;
  readonly edit: AttributeEdit;
}

/** What the group has to hold for these members beside what is noted of the others, and the notes that go with it. */
export function sharedAttributes(live: unknown, noted: SharedNotes, members: readonly Member[]): { readonly attributes: readonly SiteAttribute[]; readonly meta: MetaEntry } {
  const notes: Record<string, Readonly<Record<string, readonly string[]>>> = { ...noted };
  for (const { sku, edit } of members) notes[sku] = { ...without(noted[sku] ?? {}, edit.drop), ...textsOf(edit.set) };
  const set: Record<string, Attributes[string]> = {};
  const offer: Record<string, Attributes[string]> = {};
  for (const { edit } of members) {
    for (const [name, values] of Object.entries(edit.set)) {
      const id = values[0]?.id;
      set[name] = wantedOf(notes, name).map((text) => (id === undefined ? { text } : { id, text }));
    }
    for (const [name, values] of Object.entries(edit.offer)) offer[name] = [...(offer[name] ?? []), ...values];
  }
  const dropped = [...new Set(members.flatMap(({ edit }) => edit.drop))];
  // What one variation drops another may want to keep.
  for (const name of dropped) if (set[name] === undefined && wantedOf(notes, name).length > 0) set[name] = wantedOf(notes, name).map((text) => ({ text }));
  const drop = dropped.filter((name) => set[name] === undefined);
  return { attributes: editedAttributes(live, { set, drop, offer }), meta: sharedNotesMeta(notes) };
}

/** The values of a group as one variation answers for them: its own, and what nobody wanted; not what others asked for. */
export function answeredFor(sku: string, shown: Attributes, notes: SharedNotes): Attributes {
  if (Object.keys(notes).length === 0) return shown;
  const own = notes[sku] ?? {};
  const entries = Object.entries(shown).map(([name, values]) => {
    const others = new Set(wantedOf(without(notes, [sku]), name).map(nameForm));
    const mine = new Set((own[name] ?? []).map(nameForm));
    return [name, values.filter(({ text }) => mine.has(nameForm(text)) || !others.has(nameForm(text)))] as const;
  });
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

function wantedOf(notes: SharedNotes, name: string): readonly string[] {
  const found = new Map(Object.values(notes).flatMap((own) => (own[name] ?? []).map((text) => [nameForm(text), text] as const)));
  return [...found.values()];
}

function textsOf(attributes: Attributes): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, values.map((value) => value.text)]));
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
