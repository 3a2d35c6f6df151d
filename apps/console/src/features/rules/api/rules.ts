import { get, put, remove } from '../../../app/http';
import type { IgnorePreview } from '../../drifts/api/drifts';

export interface IgnoreRule {
  readonly id: string;
  readonly account_id: string;
  /** null: the whole account. */
  readonly listing_id: string | null;
  readonly sku: string | null;
  readonly facet: string;
  /** null: the whole facet. */
  readonly path: string | null;
  readonly author: string;
  readonly reason: string;
  /** Account clock; null: never. */
  readonly expires_at: string | null;
  readonly created_at: string;
}

export const readRules = async (): Promise<readonly IgnoreRule[]> => (await get<{ readonly items: readonly IgnoreRule[] }>('/api/ignore-rules')).items;
export const readCover = (id: string): Promise<IgnorePreview> => get(`/api/ignore-rules/${encodeURIComponent(id)}/cover`);
export const setRuleEnd = (id: string, expiresAt: string | null): Promise<void> => put(`/api/ignore-rules/${encodeURIComponent(id)}/end`, { expires_at: expiresAt });
export const endRule = (id: string): Promise<{ readonly cards: number }> => remove(`/api/ignore-rules/${encodeURIComponent(id)}`);
