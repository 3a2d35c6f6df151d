import { get, post, put, query } from '../../../app/http';
import type { AccountView, Mode } from '../../overview/api/status';

export interface FacetPreview {
  readonly facet: string;
  readonly from: Mode;
  readonly to: Mode;
  readonly repairs: number;
  readonly changes: number;
  readonly waits: number;
  readonly stops: number;
}

export interface PolicyPreview {
  readonly facets: readonly FacetPreview[];
  readonly cards: number;
  readonly examples: readonly string[];
}

const place = (account: string): string => `/api/accounts/${encodeURIComponent(account)}`;

/** `facet` is a facet or `all`. */
export const previewPolicy = (account: string, facet: string, mode: Mode): Promise<PolicyPreview> =>
  get(`${place(account)}/policy/${encodeURIComponent(facet)}/preview${query({ mode })}`);
export const setPolicy = (account: string, facet: string, mode: Mode): Promise<{ readonly released: number }> =>
  put(`${place(account)}/policy/${encodeURIComponent(facet)}`, { mode });
/** Hours "HH:MM" UTC on the account's clock; null: none. */
export const setQuietHours = (account: string, hours: { readonly from: string; readonly to: string } | null): Promise<AccountView> =>
  put(`${place(account)}/quiet-hours`, hours ?? { from: null, to: null });
export const pauseAccount = (account: string, reason: string, until: string | undefined): Promise<AccountView> =>
  post(`${place(account)}/pause`, { reason, ...(until === undefined ? {} : { until }) });
export const resumeAccount = (account: string): Promise<AccountView> => post(`${place(account)}/resume`);
