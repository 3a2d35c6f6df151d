import { useQuery } from '@tanstack/react-query';
import { STATUS } from '../../live/live-keys';
import { type AccountFigures, type AccountView, type HubStatus, readAccounts, readFigures, readStatus } from '../api/status';

const ACCOUNTS_MS = 5_000;
const FIGURES_MS = 3_000;

/** Kept fresh by the event stream; asked for once so that the page does not wait for the first event. */
export function useStatus() {
  return useQuery<HubStatus>({ queryKey: STATUS, queryFn: readStatus, staleTime: 10_000 });
}

export function useAccount(id: string | undefined): AccountView | undefined {
  const { data } = useQuery({ queryKey: ['accounts'], queryFn: readAccounts, refetchInterval: ACCOUNTS_MS });
  return data?.find((account) => account.id === id);
}

export function useFigures(account: string): AccountFigures | undefined {
  return useQuery({ queryKey: ['figures', account], queryFn: () => readFigures(account), refetchInterval: FIGURES_MS, retry: false }).data;
}
