import type { Pool, PoolClient } from 'pg';
import type { RevisionCause } from './revision-cause.js';

const NAME = 'edits-need-approval';

/** Revisions that state what a person has already decided, or make a catalog that nobody has seen yet. */
const NEVER_WAITS: ReadonlySet<RevisionCause['kind']> = new Set(['demo', 'adopt', 'rejection']);

/** Whether edits wait as drafts until somebody approves them; channels are kept at the last approved revision meanwhile. */
export async function editsNeedApproval(db: Pool | PoolClient): Promise<boolean> {
  const { rows } = await db.query<{ value: unknown }>({ name: 'catalog-approval', text: 'SELECT value FROM catalog_setting WHERE name = $1', values: [NAME] });
  return rows[0]?.value === true;
}

export async function setEditsNeedApproval(db: Pool | PoolClient, needed: boolean, author: string): Promise<void> {
  await db.query(
    `INSERT INTO catalog_setting (name, value, author) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value, author = excluded.author, updated_at = now() WHERE catalog_setting.value <> excluded.value`,
    [NAME, JSON.stringify(needed), author],
  );
}

export async function becomesDraft(client: PoolClient, asked: boolean | undefined, cause: RevisionCause): Promise<boolean> {
  return asked === true || (!NEVER_WAITS.has(cause.kind) && (await editsNeedApproval(client)));
}
