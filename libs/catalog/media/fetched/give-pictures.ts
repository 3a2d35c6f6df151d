import type { PoolClient } from 'pg';
import { sameValue } from '../../document/canonical-document.js';
import type { MediaRef, ProductDocument } from '../../document/product-document.js';
import { writeDocuments } from '../../write/write-documents.js';

export interface Given {
  readonly productId: string;
  readonly place: string;
  /** In order; empty when none of the pictures could be had. */
  readonly digests: readonly string[];
}

export interface PictureCause {
  readonly author: string;
  readonly importJob: string;
  readonly file?: string;
}

/** Gives products their pictures as new revisions, in the caller's transaction. Answers how many products changed. */
export async function givePictures(client: PoolClient, given: readonly Given[], { author, importJob, file }: PictureCause): Promise<number> {
  const wanted = new Map(given.filter(({ digests }) => digests.length > 0).map((one) => [one.productId, one]));
  // Locked, so that nobody's edit falls between reading and writing.
  const { rows } = await client.query<{ id: string; revision: number; document: ProductDocument }>({
    name: 'catalog-picture-products',
    text: `SELECT p.id, p.revision, r.document FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
           WHERE p.id = ANY ($1::bigint[]) ORDER BY p.sku FOR UPDATE OF p`,
    values: [[...wanted.keys()]],
  });
  const writes = rows.flatMap(({ id, revision, document }) => {
    const media = pictureList(wanted.get(id)?.digests ?? [], document.media);
    return sameValue(media, document.media) ? [] : [{ document: { ...document, media }, basedOn: revision }];
  });
  if (writes.length === 0) return 0;
  const outcomes = await writeDocuments(client, writes, { author, cause: { kind: 'import', job: importJob, ...(file !== undefined && { file }), part: 'pictures' } });
  return outcomes.filter(({ kind }) => kind === 'updated').length;
}

/** A picture that the product has keeps its role. */
export function pictureList(digests: readonly string[], standing: readonly MediaRef[]): MediaRef[] {
  const before = new Map(standing.map((ref) => [ref.digest, ref]));
  return digests.map((digest) => before.get(digest) ?? { digest });
}
