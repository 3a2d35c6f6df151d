export const IMPORT_MODES = ['create', 'update', 'upsert'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export const IMPORT_POLICIES = ['reject-failed-rows', 'reject-all'] as const;
export type ImportPolicy = (typeof IMPORT_POLICIES)[number];

/** What an import job is asked to do; JSON. */
export interface ImportRequest {
  /** Where the file lies, for the process that runs the job. */
  readonly path: string;
  /** As the person knows it; imports of one name are compared with each other. */
  readonly name: string;
  /** Absent: found out. */
  readonly format?: string;
  readonly mode: ImportMode;
  readonly policy: ImportPolicy;
  /** Everything is read, checked and compared, nothing is written. */
  readonly dryRun?: boolean;
  /** A person has seen that the file shrank or empties many goods, and means it. */
  readonly accept?: boolean;
  readonly currency: string;
  readonly columns?: readonly string[];
  readonly choices?: Readonly<Record<string, string>>;
}

/** Rows by outcome: created + updated + unchanged + failed + skipped = rows. */
export type ImportCounts = Readonly<Record<'rows' | 'created' | 'updated' | 'unchanged' | 'failed' | 'skipped', number>>;

export function addCounts(counts: ImportCounts, ...more: readonly Partial<ImportCounts>[]): ImportCounts {
  const sum = { ...counts };
  for (const one of more) for (const [outcome, n] of Object.entries(one) as [keyof ImportCounts, number][]) sum[outcome] += n;
  return sum;
}

/** One field that an import changes, as it is shown before anything is written. */
export interface FieldChange {
  readonly sku: string;
  readonly place: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** How far an import is. `read` ends with everything checked and staged; `write` carries staged products over. */
export interface ImportCheckpoint {
  readonly phase: 'read' | 'decide' | 'write';
  /** Rows of the source taken so far. */
  readonly position: number;
  readonly bytes: number;
  /** Notes in the report so far. */
  readonly notes: number;
  readonly counts: ImportCounts;
  /** Products that have stock now and would have none; products that would be archived. */
  readonly emptied: number;
  readonly archived: number;
  readonly sample: readonly FieldChange[];
  /** Position of the last staged product written. */
  readonly written: number;
  /** Nothing could hold the file, so its rows are written as they are read. */
  readonly direct?: boolean;
  /** The staged rows were lost with the database's memory and the file is read once more. */
  readonly again?: boolean;
}

export const FRESH: ImportCheckpoint = {
  phase: 'read',
  position: 0,
  bytes: 0,
  notes: 0,
  counts: { rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0, skipped: 0 },
  emptied: 0,
  archived: 0,
  sample: [],
  written: 0,
};
