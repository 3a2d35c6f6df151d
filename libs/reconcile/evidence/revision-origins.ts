import type { PoolClient } from 'pg';
import type { RevisionOrigin } from './evidence-entry.js';

export interface WantedRevision {
  readonly productId: string | null;
  readonly revision: number | null | undefined;
}

/** Who made each of the revisions asked for, when and why. */
export class RevisionOrigins {
  private constructor(private readonly origins: ReadonlyMap<string, RevisionOrigin>) {}

  static async read(client: PoolClient, wanted: readonly WantedRevision[]): Promise<RevisionOrigins> {
    const known = new Map(wanted.filter(({ productId, revision }) => productId !== null && revision !== null && revision !== undefined).map((one) => [nameOf(one), one]));
    const { rows } = await client.query<{ product_id: string; revision: number; author: string; cause: RevisionOrigin['cause']; created_at: Date }>(
      `SELECT r.product_id, r.revision, r.author, r.cause, r.created_at
       FROM unnest($1::bigint[], $2::integer[]) AS w(product_id, revision) JOIN product_revision r USING (product_id, revision)`,
      [[...known.values()].map(({ productId }) => productId), [...known.values()].map(({ revision }) => revision)],
    );
    return new RevisionOrigins(
      new Map(
        rows.map(({ product_id: productId, revision, author, cause, created_at: at }) => [nameOf({ productId, revision }), { revision, author, cause, at: at.toISOString() }]),
      ),
    );
  }

  of(wanted: WantedRevision): RevisionOrigin | undefined {
    return this.origins.get(nameOf(wanted));
  }
}

function nameOf({ productId, revision }: WantedRevision): string {
  return `${productId ?? ''}:${revision ?? ''}`;
}
