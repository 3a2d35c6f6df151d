import { stat } from 'node:fs/promises';
import { DOCUMENT_FIELDS, type ProductPatch } from '../../document/product-document.js';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import type { ImportSource, SourceFile, SourceFormat, SourceRow } from '../source.js';
import { readLines } from './read-lines.js';

/** One product document a line, as the export writes it: fields that are absent stay as they are, null removes. */
export const jsonLinesFormat: SourceFormat = {
  id: 'jsonl',
  recognises: ({ name, folder }) => !folder && /\.(jsonl|ndjson)$/i.test(name),
  open: async (file) => new JsonLinesSource(file, (await stat(file.path)).size),
};

const KNOWN: ReadonlySet<string> = new Set<string>(DOCUMENT_FIELDS);
/** What the export tells besides the document. */
const BESIDE: ReadonlySet<string> = new Set(['sku', 'revision', 'approvedRevision']);

class JsonLinesSource implements ImportSource {
  readonly format = jsonLinesFormat.id;
  readonly signature = jsonLinesFormat.id;
  readonly notes = [];

  constructor(
    private readonly file: SourceFile,
    readonly totalBytes: number,
  ) {}

  async *rows(after: number, signal: AbortSignal): AsyncGenerator<SourceRow> {
    let position = 0;
    for await (const { text, bytes } of readLines(this.file.path, signal)) if (++position > after) yield rowOf(text, position, bytes);
  }
}

function rowOf(text: string, position: number, bytes: number): SourceRow {
  const base: SourceRow = { position, place: String(position), bytes, says: text, change: () => ({ patch: {}, warnings: [] }) };
  if (text === '') return { ...base, skipped: issueOf('row', undefined, 'table-empty-row') };
  const line = parsed(text);
  if ('fault' in line) return { ...base, faults: [line.fault] };
  const { fields } = line;
  const sku = typeof fields['sku'] === 'string' ? fields['sku'] : undefined;
  if (sku === undefined) return { ...base, faults: [issueOf('sku', fields['sku'], 'sku')] };
  const entries = Object.entries(fields).filter(([field]) => !BESIDE.has(field));
  const warnings = entries.filter(([field]) => !KNOWN.has(field)).map(([field, value]) => issueOf(field, value, 'unknown-field'));
  const patch = Object.fromEntries(entries.filter(([field]) => KNOWN.has(field)));
  // Shapes are checked on the patched document, by the catalog's own rules.
  return { ...base, sku, change: () => ({ patch: patch as ProductPatch, warnings }) };
}

function parsed(text: string): { readonly fields: Readonly<Record<string, unknown>> } | { readonly fault: ValidationIssue } {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return { fault: issueOf('row', text, 'jsonl-object') };
    return { fields: Object.fromEntries(Object.entries(value)) };
  } catch (error) {
    return { fault: issueOf('row', text, 'jsonl-malformed', { message: error instanceof Error ? error.message.slice(0, 80) : '' }) };
  }
}
