import type { Doc } from '#kernel';
import { editedAttributes, type AttributeEdit, type Attributes } from './woocommerce.attributes.js';
import type { GroupPart, UpdateBody } from './woocommerce.bodies.js';

const FACET_OF: Readonly<Record<string, string>> = { name: 'title', categories: 'category' };

/** One change of a group, made of what its variations want of it. Who wants something else than those before is refused, with the field. */
export class MergedGroup {
  readonly id: number;
  /** The facet path that each refused change is about. */
  readonly refused = new Map<UpdateBody, string>();
  private readonly live: unknown;
  private readonly fields: Record<string, unknown> = {};
  private edit: AttributeEdit | undefined;

  constructor({ id, live }: GroupPart) {
    this.id = id;
    this.live = live;
  }

  add(body: UpdateBody, part: GroupPart, category: object): void {
    const wanted = { ...part.fields, ...category };
    const field = firstDifference(this.fields, wanted);
    const attribute = firstDifference(this.edit?.set ?? {}, part.attributes?.set ?? {});
    if (field !== undefined) return void this.refused.set(body, FACET_OF[field] ?? field);
    if (attribute !== undefined) return void this.refused.set(body, `attributes.${attribute}`);
    Object.assign(this.fields, wanted);
    if (part.attributes !== undefined) this.edit = this.edit === undefined ? part.attributes : joined(this.edit, part.attributes);
  }

  entry(): Doc {
    return { id: this.id, ...this.fields, ...(this.edit === undefined ? {} : { attributes: editedAttributes(this.live, this.edit) }) };
  }
}

function firstDifference(known: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(wanted).find((name) => known[name] !== undefined && JSON.stringify(known[name]) !== JSON.stringify(wanted[name]));
}

/** Values shared by all, and every value that one of them must be able to choose. */
export function joined(one: AttributeEdit, other: AttributeEdit): AttributeEdit {
  const offer: Record<string, Attributes[string]> = { ...one.offer };
  for (const [name, values] of Object.entries(other.offer)) {
    const known = offer[name] ?? [];
    offer[name] = [...known, ...values.filter((value) => !known.some((own) => own.text === value.text))];
  }
  return { set: { ...one.set, ...other.set }, drop: [...new Set([...one.drop, ...other.drop])], offer };
}
