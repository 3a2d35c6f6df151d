/** Ids of element types, fixed in every PostgreSQL. */
const TYPES = { bigint: 20, jsonb: 3802 } as const;
const HEADER = 20;
const JSONB_FORMAT = 1;
/** No UTF-16 unit takes more bytes in UTF-8. */
const MOST_BYTES = 3;

/**
 * A one-dimensional array in PostgreSQL's binary form, as a parameter for `$n::bigint[]` or `$n::jsonb[]`. Texts go in as they are: nothing is escaped
 * here or parsed as an array there, which for long documents costs more than all else.
 */
export class BinaryArray {
  private bytes: Buffer;
  private end = HEADER;
  private count = 0;

  constructor(
    private readonly type: keyof typeof TYPES,
    /** Bytes expected; it grows beyond. */
    expected = 4096,
  ) {
    this.bytes = Buffer.allocUnsafe(HEADER + expected);
  }

  get length(): number {
    return this.count;
  }

  addBigint(value: bigint): void {
    this.reserve(12);
    this.bytes.writeInt32BE(8, this.end);
    this.bytes.writeBigInt64BE(value, this.end + 4);
    this.end += 12;
    this.count++;
  }

  addJson(text: string): void {
    this.reserve(5 + text.length * MOST_BYTES);
    const size = 1 + this.bytes.write(text, this.end + 5, 'utf8');
    this.bytes.writeInt32BE(size, this.end);
    this.bytes[this.end + 4] = JSONB_FORMAT;
    this.end += 4 + size;
    this.count++;
  }

  /** The parameter. An array without elements has no dimension. */
  encode(): Buffer {
    const { bytes, count } = this;
    bytes.writeInt32BE(count === 0 ? 0 : 1, 0);
    bytes.writeInt32BE(0, 4);
    bytes.writeInt32BE(TYPES[this.type], 8);
    bytes.writeInt32BE(count, 12);
    bytes.writeInt32BE(1, 16);
    return bytes.subarray(0, count === 0 ? 12 : this.end);
  }

  private reserve(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.end + more));
    this.bytes.copy(grown, 0, 0, this.end);
    this.bytes = grown;
  }
}
