import { get, post, query } from '../../../app/http';
import type { Page } from '../../drifts/api/drifts';

/** Something a person has to look at. Times are the account's clock, ISO. */
export interface Case {
  readonly id: string;
  readonly account_id: string;
  readonly listing_id: string | null;
  readonly sku: string | null;
  readonly key: string | null;
  readonly title: string | null;
  readonly facet: string | null;
  readonly code: string;
  readonly state: 'open' | 'closed';
  readonly details: {
    readonly driftId?: string | null;
    readonly drifted?: number;
    readonly listings?: number;
    readonly closed?: { readonly author: string; readonly reason: string };
  };
  readonly opened_at: string;
  readonly closed_at: string | null;
}

export const readCases = (state: 'open' | 'closed', cursor: string | undefined, limit: number): Promise<Page<Case>> => get(`/api/cases${query({ state, cursor, limit })}`);
export const closeCase = (id: string, reason: string): Promise<void> => post(`/api/cases/${encodeURIComponent(id)}/close`, { reason });
