import type { ProductDocument, ProductPatch } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';

/** What a row changes on one product as it stands. */
export interface RowChange {
  readonly patch: ProductPatch;
  /** Addresses of pictures (or names inside the set), the main one first; absent when the row does not speak of pictures. */
  readonly pictures?: readonly string[];
  /** Values that were not taken, or taken differently; the row itself is taken. */
  readonly warnings: readonly ValidationIssue[];
}

/**
 * One row, offer or element of a source. A reader yields the same rows with the same positions each time it reads the same
 * bytes: the import goes on after a crash by reading again and passing over what it has.
 */
export interface SourceRow {
  /** Counts the rows of the whole source (all files of a set) from 1. */
  readonly position: number;
  /** Where a person finds it: "17" of a table, "offer 3", "offers.xml: Предложение 3". */
  readonly place: string;
  /** The file of a set; a product may stand once in each part. Absent for a single file. */
  readonly part?: string;
  /** Absent when the row names none; then `externalId` finds the product. */
  readonly sku?: string;
  /** How another system knows the product; tried before the sku. */
  readonly externalId?: { readonly system: string; readonly id: string };
  /** Everything the row says, as one text: a row that says the same as last time, of a product untouched since, is passed over unread. */
  readonly says: string;
  /** Bytes of the source read so far, for the progress. */
  readonly bytes?: number;
  /** Why the row is passed over (an empty line, a parent that is no product). It counts as skipped. */
  readonly skipped?: ValidationIssue;
  /** Why the row is passed over when no product is found for it: it says too little to make one. It counts as skipped then. */
  readonly unlessKnown?: ValidationIssue;
  /** Why the row cannot be taken. It counts as failed. */
  readonly faults?: readonly ValidationIssue[];
  /** Called only for rows that are looked at; `current` is the product as it stands, with what earlier parts of the set changed. */
  change(current: ProductDocument | undefined): RowChange;
}

/** A file, or a set of files, opened for reading. Reading is streaming: memory does not grow with the rows. */
export interface ImportSource {
  /** Id of its format: "csv", "xlsx", "yml". */
  readonly format: string;
  /** Everything beside the rows on which their meaning depends (header, mapping, options), as one text. */
  readonly signature: string;
  /** Of the whole source, for the progress. */
  readonly totalBytes?: number;
  /** What is to be said of the file as a whole: columns that are not taken, sheets passed over. */
  readonly notes: readonly ValidationIssue[];
  /** A product may come in several parts, or rows name products by external ids: what earlier rows of this import changed must be seen. */
  readonly connected?: boolean;
  /** Ids are its maker's own: another source may give one of them to another thing. */
  readonly ownIds?: boolean;
  /** Says only what differs from last time: fewer rows than before are no alarm. */
  readonly partial?: boolean;
  /** Rows after the given position, in order. @throws UnreadableFile where the rest cannot be read */
  rows(after: number, signal: AbortSignal): AsyncIterable<SourceRow>;
  /** The file on disk behind a picture's name inside the set; undefined when the set has none. */
  pictureFile?(name: string): string | undefined;
  /** Lets go of what was unpacked. */
  close?(): Promise<void>;
}

/** A file on disk that is to be imported. */
export interface SourceFile {
  readonly path: string;
  /** As the person knows it, with its ending. */
  readonly name: string;
  /** A folder holds the files of a set. */
  readonly folder: boolean;
  /** The first bytes, at most 64 KiB; empty for a folder. */
  readonly head: Buffer;
}

export interface SourceOptions {
  /** Of prices that name none, three capital letters. */
  readonly currency: string;
  /** What each column means, by its place; only for tables. */
  readonly columns?: readonly string[];
  /** Choices of single formats: the type of price that counts, the sheet of a workbook. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** A kind of file that can be imported. */
export interface SourceFormat {
  readonly id: string;
  /** Whether the file is one of these, by its name and first bytes; asked in the order of the list. */
  recognises(file: SourceFile): boolean;
  /** @throws UnreadableFile for a file that cannot be read at all */
  open(file: SourceFile, options: SourceOptions): Promise<ImportSource>;
}
