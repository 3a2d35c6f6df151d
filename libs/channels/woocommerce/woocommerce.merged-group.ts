import type { Doc } from '#kernel';
import type { GroupPart, UpdateBody } from './woocommerce.bodies.js';
import { sharedAttributes, type Member } from './woocommerce.shared-values.js';

const FACET_OF: Readonly<Record<string, string>> = { name: 'title', categories: 'category' };

/** One change of a group, made of what its variations want of it. Who wants another name or place than those before is refused, with the field. */
export class MergedGroup {
  readonly id: number;
  /** The facet that each refused change is about. */
  readonly refused = new Map<UpdateBody, string>();
  private readonly fields: Record<string, unknown> = {};
  private readonly members: Member[] = [];

  constructor(private readonly first: GroupPart) {
    this.id = first.id;
  }

  add(body: UpdateBody, part: GroupPart, category: object): void {
    const wanted = { ...part.fields, ...category };
    const other = Object.entries(wanted).find(([name, value]) => this.fields[name] !== undefined && JSON.stringify(this.fields[name]) !== JSON.stringify(value));
    if (other !== undefined) return void this.refused.set(body, FACET_OF[other[0]] ?? other[0]);
    Object.assign(this.fields, wanted);
    if (part.member !== undefined) this.members.push(part.member);
  }

  entry(): Doc {
    if (this.members.length === 0) return { id: this.id, ...this.fields };
    const { attributes, meta } = sharedAttributes(this.first.live, this.first.noted, this.members);
    return { id: this.id, ...this.fields, attributes, meta_data: [meta] };
  }
}
