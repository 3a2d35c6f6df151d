/** Where a world can be found by another process. */
export interface Place {
  readonly databaseUrl: string;
  readonly sandboxUrl: string;
  readonly pictureUrl: string;
  readonly dataDir: string;
  readonly accountId: string;
}

export interface StoredFacet {
  readonly state: string;
  readonly reason: string | null;
  readonly due_at: Date | null;
  readonly drift_id: string | null;
  readonly attempts: number;
}
