export const ATTRIBUTE_TYPES = ['text', 'number', 'yes-no', 'option'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** What an attribute has to look like in a category and in those under it; category '' speaks for every product. */
export interface AttributeDeclaration {
  readonly category: string;
  readonly name: string;
  readonly type: AttributeType;
  /** Of a number; absent: numbers come without a unit, or with any. */
  readonly unit?: string;
  /** Of an option: the values that may be used. */
  readonly options?: readonly string[];
  readonly multiple: boolean;
  /** Missing, it makes the product incomplete; it does not refuse it. */
  readonly required: boolean;
}

/** A category path and everything above it, the root '' first. */
export function pathAndAbove(category: string): string[] {
  const parts = category === '' ? [] : category.split(' / ');
  return ['', ...parts.map((_, depth) => parts.slice(0, depth + 1).join(' / '))];
}

/** What holds in a category: of each name the declaration nearest to it. */
export function declaredIn(category: string, declarations: Iterable<AttributeDeclaration>): ReadonlyMap<string, AttributeDeclaration> {
  const above = pathAndAbove(category);
  const nearest = new Map<string, AttributeDeclaration>();
  for (const declaration of declarations) {
    const depth = above.indexOf(declaration.category);
    const known = nearest.get(declaration.name);
    if (depth >= 0 && (known === undefined || depth > above.indexOf(known.category))) nearest.set(declaration.name, declaration);
  }
  return nearest;
}

/** In what the lower declaration would let through more than the upper one does; a lower one may only narrow. */
export function widens(upper: AttributeDeclaration, lower: AttributeDeclaration): 'type' | 'unit' | 'options' | 'multiple' | 'required' | undefined {
  if (upper.type !== lower.type) return 'type';
  if (upper.unit !== undefined && upper.unit !== lower.unit) return 'unit';
  if (upper.options && !lower.options?.every((option) => upper.options?.includes(option))) return 'options';
  if (lower.multiple && !upper.multiple) return 'multiple';
  if (upper.required && !lower.required) return 'required';
  return undefined;
}
