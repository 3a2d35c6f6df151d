import { get } from '../../../app/http';

/** In the order they are shown: what asks for a person first. */
export const CARD_STATES = ['in_sync', 'pending', 'drifted', 'failing', 'held', 'ignored', 'unknown'] as const;
export type CardState = (typeof CARD_STATES)[number];
export type Counts = { readonly listings: number } & Readonly<Record<CardState, number>>;

/** A key near its end, a missing role: by a code that is the channel's own, such as `<channel>.key-expires`. */
export interface Alarm {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type AccountStatus = Counts & {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  readonly state: 'active' | 'paused' | 'unauthorised' | 'braked';
  readonly state_reason: string | null;
  /** Seconds on the account's clock; null: not read yet. */
  readonly sweep_age_seconds: Readonly<Record<string, number | null>>;
  /** Worst first. */
  readonly alarms: readonly Alarm[];
};

export interface DemoProgress {
  readonly state: 'waiting' | 'generating' | 'ready' | 'failed';
  readonly made: number;
  readonly of: number;
  readonly account_id: string | null;
  readonly accounts: readonly { readonly account_id: string; readonly channel: string; readonly shop_url: string | null }[];
  readonly sandbox_url: string | null;
  readonly reason?: string;
}

export type HubStatus = Counts & { readonly accounts: readonly AccountStatus[]; readonly products: number; readonly demo?: DemoProgress };

export type Mode = 'observe' | 'approve' | 'auto';

export interface AccountView {
  readonly id: string;
  readonly title: string;
  readonly state: 'active' | 'paused' | 'unauthorised' | 'braked';
  readonly state_reason: string | null;
  readonly quiet_hours: { readonly from: string; readonly to: string } | null;
  readonly sandbox: boolean;
  /** The account's present time. */
  readonly now: string;
  readonly pause_until: string | null;
  readonly modes: Readonly<Record<string, Mode>>;
}

export interface AccountFigures {
  readonly noticed: number;
  readonly open: number;
  readonly healed: number;
  readonly stopped: number;
  readonly median_heal_seconds: number | null;
  readonly worst_heal_seconds: number | null;
  readonly oldest_open_seconds: number | null;
  readonly repair_success: number | null;
  readonly budget: readonly { readonly bucket: string; readonly left: number; readonly limit: number }[];
}

export const readStatus = (): Promise<HubStatus> => get('/api/status');
export const readAccounts = async (): Promise<readonly AccountView[]> => (await get<{ readonly items: readonly AccountView[] }>('/api/accounts')).items;
export const readFigures = (account: string): Promise<AccountFigures> => get(`/api/accounts/${encodeURIComponent(account)}/figures`);
