import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import type { ProductDocument } from '../document/product-document.js';

/** Barcodes that another product holds, or that two of these documents want. */
export async function findBarcodeClashes(client: PoolClient, documents: readonly ProductDocument[]): Promise<BarcodeClash[]> {
  const clashes: BarcodeClash[] = [];
  const first = new Map<string, string>();
  for (const { sku, barcodes } of documents) {
    for (const barcode of barcodes) {
      const ownerSku = first.get(barcode);
      if (ownerSku === undefined) first.set(barcode, sku);
      else clashes.push({ barcode, ownerSku, sku });
    }
  }
  if (first.size === 0) return clashes;
  const { rows } = await client.query<BarcodeClash>({
    name: 'catalog-barcode-clashes',
    text: `SELECT w.barcode, p.sku AS "ownerSku", w.sku
           FROM unnest($1::text[], $2::text[]) AS w (barcode, sku)
           JOIN product_barcode b ON b.barcode = w.barcode
           JOIN product p ON p.id = b.product_id AND p.sku <> w.sku`,
    values: [[...first.keys()], [...first.values()]],
  });
  return [...clashes, ...rows];
}

/** Pictures of the documents, overridden ones too, that the media store does not have. */
export async function findUnknownMedia(client: PoolClient, documents: readonly ProductDocument[]): Promise<Map<string, readonly string[]>> {
  const digests = [...new Set(documents.flatMap(mediaOf))];
  if (digests.length === 0) return new Map();
  const { rows } = await client.query<{ digest: string }>({
    name: 'catalog-unknown-media',
    text: `SELECT w.digest FROM unnest($1::text[]) AS w (digest) WHERE NOT EXISTS (SELECT FROM media m WHERE m.digest = w.digest)`,
    values: [digests],
  });
  const unknown = new Set(rows.map((row) => row.digest));
  if (unknown.size === 0) return new Map();
  return new Map(documents.map((document) => [document.sku, mediaOf(document).filter((digest) => unknown.has(digest))] as const).filter(([, missing]) => missing.length > 0));
}

function mediaOf(document: ProductDocument): string[] {
  const overridden = Object.values(document.overrides ?? {}).flatMap((o) => o.media ?? []);
  return [...document.media, ...overridden].map((m) => m.digest);
}
