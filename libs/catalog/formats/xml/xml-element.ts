/** A record read whole: local names, attributes without namespaces, and the text directly inside. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((inner) => inner.name === name);
}

export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((inner) => inner.name === name) ?? [];
}

/** The children of `list` that are called `item`: `<Группы><Ид/>…</Группы>`. */
export function listed(element: XmlElement | undefined, list: string, item: string): readonly XmlElement[] {
  return children(element, list).flatMap((holder) => children(holder, item));
}

/** The trimmed text of a child; undefined when the child is absent, empty when it is empty. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

/** The trimmed text of a child that says something. */
export function saidBy(element: XmlElement | undefined, name: string): string | undefined {
  const text = textOf(element, name);
  return text === '' ? undefined : text;
}
