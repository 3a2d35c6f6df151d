import type { Pool, PoolClient } from 'pg';
import type { AccountRules, Facet } from '#channels/contract';

export type PolicyMode = 'observe' | 'approve' | 'auto';
export type AccountState = 'active' | 'paused' | 'unauthorised' | 'braked';

/** Hours of the account's clock, UTC, in which nothing is sent ("22:00".."06:00" may cross midnight). */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export interface Account {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  /** Encrypted; opened only where a channel is connected. */
  readonly credentials: string;
  readonly rules: AccountRules;
  readonly rulesVersion: number;
  readonly state: AccountState;
  readonly stateReason: string | null;
  /** Where a sandbox tells its time; null for a real account, whose clock is the wall. */
  readonly clockUrl: string | null;
  readonly epoch: number;
  readonly pauseUntil: Date | null;
  readonly quietHours: QuietHours | null;
  /** An equal barcode joins a live card to its product without asking. */
  readonly matchByBarcode: boolean;
  /** Whose shop it is, for people who keep several. */
  readonly legalEntity: string | null;
  /** All live cards were known once: only then may others be created. */
  readonly cardsListed: boolean;
  readonly modes: Readonly<Partial<Record<Facet, PolicyMode>>>;
}

interface AccountRow {
  id: string;
  channel: string;
  title: string;
  credentials: string;
  rules: Partial<AccountRules>;
  rules_version: number;
  state: AccountState;
  state_reason: string | null;
  clock_url: string | null;
  epoch: number;
  pause_until: Date | null;
  quiet_hours: QuietHours | null;
  match_by_barcode: boolean;
  legal_entity: string | null;
  cards_listed: boolean;
  modes: Partial<Record<Facet, PolicyMode>> | null;
}

const SELECT = `
  SELECT a.id, a.channel, a.title, a.credentials, a.rules, a.rules_version, a.state, a.state_reason, a.clock_url, a.epoch,
    a.pause_until, a.quiet_hours, a.match_by_barcode, a.legal_entity, a.cards_listed_at IS NOT NULL AS cards_listed,
    (SELECT jsonb_object_agg(p.facet, p.mode) FROM facet_policy p WHERE p.account_id = a.id) AS modes
  FROM channel_account a`;

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    channel: row.channel,
    title: row.title,
    credentials: row.credentials,
    rules: { categories: {}, attributes: {}, currency: 'RUB', ...row.rules },
    rulesVersion: row.rules_version,
    state: row.state,
    stateReason: row.state_reason,
    clockUrl: row.clock_url,
    epoch: row.epoch,
    pauseUntil: row.pause_until,
    quietHours: row.quiet_hours,
    matchByBarcode: row.match_by_barcode,
    legalEntity: row.legal_entity,
    cardsListed: row.cards_listed,
    modes: row.modes ?? {},
  };
}

export async function loadAccount(db: Pool | PoolClient, id: string): Promise<Account | undefined> {
  const { rows } = await db.query<AccountRow>(`${SELECT} WHERE a.id = $1`, [id]);
  return rows[0] && accountOf(rows[0]);
}

export async function listAccounts(db: Pool | PoolClient): Promise<Account[]> {
  const { rows } = await db.query<AccountRow>(`${SELECT} ORDER BY a.id`);
  return rows.map(accountOf);
}

export interface NewAccount {
  readonly channel: string;
  readonly title: string;
  readonly credentials: string;
  readonly rules?: Partial<AccountRules>;
  readonly clockUrl?: string;
  readonly legalEntity?: string;
  /** Facets not named start with `observe`. */
  readonly modes?: Readonly<Partial<Record<Facet, PolicyMode>>>;
}

/** Adds an account; without modes it only observes. */
export async function addAccount(db: PoolClient, account: NewAccount): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO channel_account (channel, title, credentials, rules, clock_url, legal_entity) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [account.channel, account.title, account.credentials, JSON.stringify(account.rules ?? {}), account.clockUrl ?? null, account.legalEntity ?? null],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The account was not stored.');
  for (const [facet, mode] of Object.entries(account.modes ?? {})) await setMode(db, id, facet, mode);
  return id;
}

export async function setMode(db: PoolClient, accountId: string, facet: string, mode: PolicyMode): Promise<void> {
  await db.query(
    `INSERT INTO facet_policy (account_id, facet, mode) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, facet) DO UPDATE SET mode = excluded.mode`,
    [accountId, facet, mode],
  );
}

export async function setAccountState(db: Pool | PoolClient, id: string, state: AccountState, reason: string | null): Promise<void> {
  await db.query('UPDATE channel_account SET state = $2, state_reason = $3 WHERE id = $1 AND (state, state_reason) IS DISTINCT FROM ($2, $3)', [id, state, reason]);
}

/** A new owner of the account's loops: everything recorded under an older epoch may no longer send. */
export async function raiseEpoch(db: Pool | PoolClient, id: string): Promise<number> {
  const { rows } = await db.query<{ epoch: number }>('UPDATE channel_account SET epoch = epoch + 1 WHERE id = $1 RETURNING epoch', [id]);
  if (!rows[0]) throw new Error(`Account ${id} is gone.`);
  return rows[0].epoch;
}
