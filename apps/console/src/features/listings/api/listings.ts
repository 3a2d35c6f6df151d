import { get, query } from '../../../app/http';
import type { Page } from '../../drifts/api/drifts';

export interface Listing {
  readonly id: string;
  readonly account_id: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly key: string;
  readonly external_id: string | null;
  readonly state: string;
  readonly planned_revision: number | null;
  readonly frozen_until: string | null;
}

export interface ListingFacet {
  readonly facet: string;
  readonly part: string;
  readonly state: string;
  readonly reason: string | null;
  readonly desired_revision: number | null;
  readonly since: string;
  readonly due_at: string | null;
  readonly attempts: number;
  readonly drift_id: string | null;
}

export type ListingWithFacets = Listing & {
  readonly facets: readonly ListingFacet[];
  readonly refused_paths: readonly { readonly path: string; readonly code: string; readonly message: string | null }[];
};

export interface ListingFilter {
  readonly state?: string;
  readonly text?: string;
}

export const readListings = (filter: ListingFilter, cursor: string | undefined, limit: number): Promise<Page<Listing>> =>
  get(`/api/listings${query({ ...filter, cursor, limit })}`);
export const readListing = (id: string): Promise<ListingWithFacets> => get(`/api/listings/${encodeURIComponent(id)}`);
