import { get, query, remove } from '../../../app/http';

/** What goes with an account, counted; `evidence` is what stays, `calls` and `jobs` stand in the way. */
export interface AccountRemoval {
  readonly listings: number;
  /** Of the listings, those of products. */
  readonly joined: number;
  readonly unsent: number;
  readonly open_drifts: number;
  readonly open_cases: number;
  readonly ignore_rules: number;
  readonly evidence: number;
  readonly calls: number;
  readonly jobs: number;
}

const place = (account: string): string => `/api/accounts/${encodeURIComponent(account)}`;

/** What a removal would do now; changes nothing. */
export const previewRemoval = (account: string): Promise<AccountRemoval> => get(`${place(account)}/removal`);
/** `abandon`: calls whose end is not known are given up. */
export const removeAccount = (account: string, abandon: boolean): Promise<AccountRemoval> => remove(place(account) + query({ abandon: abandon ? 'true' : undefined }));
