import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../app/http';
import { type DriftProof, type DriftWithDiff, readDrift, readProof } from '../api/drifts';

const OVER: readonly string[] = ['healed', 'superseded', 'ignored'];
const LIVE_MS = 2_000;

export function useDrift(id: string | undefined) {
  return useQuery<DriftWithDiff>({
    queryKey: ['drift', id],
    queryFn: () => readDrift(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data !== undefined && OVER.includes(state.data.state) ? false : LIVE_MS),
  });
}

/** The record of one drift; refreshed as often as the drift itself. */
export function useProof(id: string | undefined, state: string | undefined) {
  const { i18n } = useTranslation();
  return useQuery<DriftProof>({
    queryKey: ['proof', id, i18n.language, state],
    queryFn: () => readProof(id ?? '', i18n.language),
    enabled: id !== undefined && state !== undefined,
    retry: false,
    placeholderData: (before) => before,
    refetchInterval: state !== undefined && OVER.includes(state) ? false : LIVE_MS,
  });
}

export interface PartnerCard {
  readonly id: string;
  readonly key: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly state: string;
}

export function usePartner(listingId: string): PartnerCard | undefined {
  return useQuery<PartnerCard>({ queryKey: ['listing', listingId], queryFn: () => get(`/api/listings/${encodeURIComponent(listingId)}`) }).data;
}
