/**
 * Writes raw JSON values one after another into one text that two different series never share: the parts, and at its end
 * their kinds and lengths, so that no text can be taken for a border. Null and absent count as an empty text, as all readers
 * take them. A flat text is built several times faster than JSON of the same values.
 */
export class RawPrint {
  private readonly parts: (string | number)[] = [];
  private shape = '';

  add(value: unknown): this {
    if (typeof value === 'string') this.write(value, '');
    else if (typeof value === 'number') {
      this.parts.push(value);
      this.shape += 'n';
    } else if (value === null || value === undefined) this.write('', '');
    else this.write(JSON.stringify(value), 'j');
    return this;
  }

  /** How many follow, then each in its own way; what is not a list is written as it is. */
  addList(value: unknown, add: (element: unknown) => void): this {
    if (!Array.isArray(value)) return this.add(value);
    this.parts.push(value.length);
    this.shape += 'l';
    for (const element of value as readonly unknown[]) add(element);
    return this;
  }

  text(): string {
    this.parts.push(this.shape);
    return this.parts.join('\n');
  }

  private write(text: string, kind: string): void {
    this.parts.push(text);
    this.shape += `${kind}${text.length},`;
  }
}
