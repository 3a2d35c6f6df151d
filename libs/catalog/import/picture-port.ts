import type { PoolClient } from 'pg';

/** Pictures a product was given by address and that are not stored yet. */
export interface PictureWish {
  readonly productId: string;
  readonly sku: string;
  /** The product's once the row is written. */
  readonly revision: number;
  /** Where the row stood, for the report. */
  readonly place: string;
  /** All addresses of the row in order, those already stored too. */
  readonly addresses: readonly string[];
}

/** Fetches pictures that rows name by address, after their products are written; a picture that fails never fails its row. */
export interface PicturePort {
  /** Digests of the pictures stored under these addresses before. `fileOf` finds the pictures that a set brings along: they are stored at once. */
  known(client: PoolClient, addresses: readonly string[], fileOf: (name: string) => string | undefined): Promise<ReadonlyMap<string, string>>;
  /** Wants the rest fetched, in the transaction that writes the products. */
  want(client: PoolClient, jobId: string, wishes: readonly PictureWish[]): Promise<void>;
}
