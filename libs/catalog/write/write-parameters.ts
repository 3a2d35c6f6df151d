import type { ProductDocument } from '../document/product-document.js';
import { BinaryArray } from './binary-array.js';
import type { RevisionCause } from './revision-cause.js';
import type { SpelledDocument } from './spelled-document.js';
import { channelArchived } from './channel-archived.js';
import { variantKey } from './variant-twins.js';

export interface KnownProduct {
  readonly sku: string;
  readonly id: string;
  readonly revision: number;
  readonly digest: string;
}

/** A document that is to be written, and the product it changes. */
export interface WantedDocument {
  readonly document: ProductDocument;
  readonly spelled: SpelledDocument;
  readonly known: KnownProduct | undefined;
  readonly cause: RevisionCause | undefined;
}

/** The parameters of WRITE_STATEMENT for documents ascending by sku. */
export function writeParameters(wanted: readonly WantedDocument[], { author, cause }: { readonly author: string; readonly cause: RevisionCause }, approved: boolean): unknown[] {
  const documents = new BinaryArray('jsonb', wanted.length * 4096);
  const keys = new BinaryArray('bigint');
  const heads = wanted.map(({ document, spelled, known, cause: own }) => {
    documents.addJson(spelled.text);
    spelled.keys?.forEach((key) => keys.addBigint(key));
    return {
      id: known?.id ?? null,
      fresh: known === undefined,
      old_revision: known?.revision ?? null,
      sku: document.sku,
      digest: spelled.digest,
      title: document.title,
      brand: document.brand ?? null,
      category: document.category,
      model: document.model?.code ?? null,
      variant: variantKey(document) ?? null,
      archived: document.archived,
      channel_archived: channelArchived(document) ?? null,
      keys_count: spelled.keys?.length ?? null,
      keys_end: spelled.keys ? keys.length : null,
      words: spelled.words ?? null,
      barcodes: document.barcodes,
      components: document.components ?? [],
      external_ids: Object.entries(document.externalIds ?? {}).map(([system, id]) => `${system}:${id}`),
      cause: own ?? null,
    };
  });
  return [JSON.stringify(heads), author, JSON.stringify(cause), approved, documents.encode(), keys.encode()];
}
