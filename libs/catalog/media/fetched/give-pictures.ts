import type { PoolClient } from 'pg';
import { sameValue } from '../../document/canonical-document.js';
import type { MediaRef, ProductDocument } from '../../document/product-document.js';
import { writeDocuments } from '../../write/write-documents.js';

export interface Given {
  readonly productId: string;
  readonly place: string;
  /** At which they were wished for; null when that is not known. */
  readonly revision: number | null;
  /** In order; empty when none of the pictures could be had. */
  readonly digests: readonly string[];
}

export interface PictureCause {
  readonly author: string;
  readonly importJob: string;
  readonly file?: string;
}

export interface GivenPictures {
  /** Products that changed. */
  readonly products: number;
  /** Whose pictures somebody changed since they were wished for: they keep those. */
  readonly overtaken: readonly Given[];
}

/** Gives products their pictures as new revisions, in the caller's transaction. */
export async function givePictures(client: PoolClient, given: readonly Given[], { author, importJob, file }: PictureCause): Promise<GivenPictures> {
  const wanted = new Map(given.filter(({ digests }) => digests.length > 0).map((one) => [one.productId, one]));
  // Locked, so that nobody's edit falls between reading and writing.
  const { rows } = await client.query<{ id: string; revision: number; document: ProductDocument; wishedAt: readonly MediaRef[] | null }>({
    name: 'catalog-picture-products',
    text: `SELECT p.id, p.revision, r.document, b.document -> 'media' AS "wishedAt"
           FROM unnest($1::bigint[], $2::integer[]) AS w (id, revision) JOIN product p ON p.id = w.id
           JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
           LEFT JOIN product_revision b ON b.product_id = p.id AND b.revision = w.revision
           ORDER BY p.sku FOR UPDATE OF p`,
    values: [[...wanted.keys()], [...wanted.values()].map((one) => one.revision)],
  });
  const overtaken: Given[] = [];
  const writes = rows.flatMap(({ id, revision, document, wishedAt }) => {
    const one = wanted.get(id);
    if (one !== undefined && wishedAt !== null && !sameValue(wishedAt, document.media)) {
      overtaken.push(one);
      return [];
    }
    const media = pictureList(one?.digests ?? [], document.media);
    return sameValue(media, document.media) ? [] : [{ document: { ...document, media }, basedOn: revision }];
  });
  if (writes.length === 0) return { products: 0, overtaken };
  const outcomes = await writeDocuments(client, writes, { author, cause: { kind: 'import', job: importJob, ...(file !== undefined && { file }), part: 'pictures' } });
  return { products: outcomes.filter(({ kind }) => kind === 'updated').length, overtaken };
}

/** A picture that the product has keeps its role. */
export function pictureList(digests: readonly string[], standing: readonly MediaRef[]): MediaRef[] {
  const before = new Map(standing.map((ref) => [ref.digest, ref]));
  return digests.map((digest) => before.get(digest) ?? { digest });
}
