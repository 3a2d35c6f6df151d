import { get } from '../../../app/http';

export interface AccountHooks {
  readonly state: 'unsupported' | 'no-address' | 'wanted' | 'kept' | 'paused' | 'refused';
  /** The state in the reader's language. */
  readonly text: string;
  readonly url: string | null;
  readonly reason: string | null;
  /** ISO, wall time. */
  readonly delivered_at: string | null;
  readonly forged: number;
  readonly forged_at: string | null;
}

export const readHooks = (account: string): Promise<AccountHooks> => get(`/api/accounts/${encodeURIComponent(account)}/hooks`);
