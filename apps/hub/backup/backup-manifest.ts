import { BackupUnreadable } from './tar-file.js';

export const MANIFEST = 'manifest.json';
export const FORMAT = 'etalon-backup-1';

export interface SavedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly sha256: string;
}

/** What a backup holds. `key_id` names the key the channel secrets are encrypted with, and tells nothing about it. */
export interface BackupManifest {
  readonly format: typeof FORMAT;
  readonly made_at: string;
  readonly migrations: readonly string[];
  readonly key_id: string;
  readonly with_key: boolean;
  readonly tables: readonly SavedTable[];
  readonly pictures: number;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTable(value: unknown): value is SavedTable {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('columns' in value) || !('sha256' in value) || !('rows' in value)) return false;
  return typeof value.name === 'string' && /^[a-z_0-9]+$/.test(value.name) && isTexts(value.columns) && typeof value.sha256 === 'string' && typeof value.rows === 'number';
}

/** @throws BackupUnreadable */
export function readManifest(text: string): BackupManifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new BackupUnreadable('The list of contents of the backup is damaged.');
  }
  const fields = Object(parsed) as Partial<Record<keyof BackupManifest, unknown>>;
  if (fields.format !== FORMAT) throw new BackupUnreadable('The file is not a backup of Etalon.', 'no-backup');
  if (!isTexts(fields.migrations) || !Array.isArray(fields.tables) || !fields.tables.every(isTable) || typeof fields.key_id !== 'string') {
    throw new BackupUnreadable('The list of contents of the backup is damaged.');
  }
  return {
    format: FORMAT,
    made_at: String(fields.made_at),
    migrations: fields.migrations,
    key_id: fields.key_id,
    with_key: fields.with_key === true,
    tables: fields.tables,
    pictures: typeof fields.pictures === 'number' ? fields.pictures : 0,
  };
}
